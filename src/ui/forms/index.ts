// Forms and their fields.

export * from './fields.tsx';
export * from './forms.tsx';
export * from './search-form.tsx';
