// The pages that the OpenID Provider shows by itself: each a pure function from what is known to a view.

export * from './device.tsx';
export * from './error.tsx';
export * from './logout.tsx';
