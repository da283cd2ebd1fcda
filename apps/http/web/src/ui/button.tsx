import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

export type ButtonLook = 'main' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends Omit<ButtonHTMLAttributes, 'type' | 'class' | 'disabled'> {
  readonly class?: string;
  readonly look?: ButtonLook;
  readonly type?: 'button' | 'submit';
  /** While what it began is under way: it stays where it is, keeps the focus, and does nothing. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
}

export function Button({
  look = 'plain',
  type = 'button',
  busy = false,
  onClick,
  children,
  class: extra = '',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      class={`button button-${look} ${extra}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button: it leads somewhere, and does nothing else. */
export function ButtonLink({
  href,
  look = 'plain',
  children,
}: {
  readonly href: string;
  readonly look?: ButtonLook;
  readonly children: ComponentChildren;
}) {
  return (
    <a href={href} class={`button button-${look}`}>
      {children}
    </a>
  );
}
