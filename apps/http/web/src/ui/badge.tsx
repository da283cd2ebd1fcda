import type { ComponentChildren } from 'preact';

export type BadgeTone = 'plain' | 'accent' | 'good' | 'bad' | 'wait';

/** A word about something: its tone never says more than its text. */
export function Badge({
  tone = 'plain',
  children,
}: {
  readonly tone?: BadgeTone;
  readonly children: ComponentChildren;
}) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
