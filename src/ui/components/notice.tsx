// Notices, and what is said when there is nothing to show.

import type { ComponentChildren } from 'preact';
import type { Language } from '../../core/texts.ts';
import { word } from '../texts.ts';
import { Shape } from './status.tsx';

export type NoticeProps = {
  kind: 'information' | 'warning' | 'trouble';
  language: Language;
  /** Replaces the usual word of its kind. */
  title?: string;
  children: ComponentChildren;
};

export const Notice = ({ kind, language, title, children }: NoticeProps) => (
  <div class={`notice notice-${kind}`}>
    <p class={`status tone-${kind === 'trouble' ? 'trouble' : 'plain'}`}>
      {kind === 'information' ? null : <Shape tone="trouble" />}
      <strong>{title ?? word(kind, language)}</strong>
    </p>
    {typeof children === 'string' ? <p>{children}</p> : children}
  </div>
);

/** Says that there is nothing, and in `action` what to do next. */
export const EmptyState = (props: {
  title?: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}) => (
  <div class="empty">
    {props.title ? (
      <p>
        <strong>{props.title}</strong>
      </p>
    ) : null}
    {props.children ? <p>{props.children}</p> : null}
    {props.action ? <p>{props.action}</p> : null}
  </div>
);
