import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { shellText } from './messages.js';

/** Set when the visitor has gone to another page of ours; the first page keeps the focus where the browser has it. */
let hasNavigated = false;
export const noteNavigation = (): void => {
  hasNavigated = true;
};

interface PageProps {
  readonly title: string;
  /** Beside the title. */
  readonly aside?: ComponentChildren;
  /** Whether the title is for screen readers alone, since the page shows it in another way. */
  readonly titleHidden?: boolean;
  /** How wide: `narrow` for forms and single things. */
  readonly width?: 'narrow' | 'wide';
  readonly children: ComponentChildren;
}

/** One page: its title in the window and as its heading, which takes the focus when one has come from another page. */
export function Page({ title, aside, titleHidden = false, width = 'wide', children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { shop } = shellText();
  useEffect(() => {
    document.title = `${title} · ${shop}`;
  }, [title, shop]);
  useEffect(() => {
    if (hasNavigated) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <article class={`page page-${width}`}>
      <header class="page-head">
        <h1 ref={heading} tabIndex={-1} class={titleHidden ? 'sr' : undefined}>
          {title}
        </h1>
        {aside}
      </header>
      {children}
    </article>
  );
}
