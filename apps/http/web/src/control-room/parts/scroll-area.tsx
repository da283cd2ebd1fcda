import type { ComponentChildren } from 'preact';

/** What is wider or longer than its place scrolls by itself, also by the keys of whoever has no mouse. */
export function ScrollArea({
  label,
  look = '',
  children,
}: {
  readonly label: string;
  /** Further classes. */
  readonly look?: string;
  readonly children: ComponentChildren;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <section class={`table-scroll ${look}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
