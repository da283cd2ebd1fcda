import { signal } from '@preact/signals';
import { Icon } from '../ui/icon.js';
import { shellText } from './messages.js';

export type ToastKind = 'trend' | 'good' | 'bad' | 'plain';

export interface Toast {
  readonly kind: ToastKind;
  readonly text: string;
  /** Where it leads. */
  readonly href?: string;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const SHOWN_MS = 6_000;
/** More than these would hide the page. */
const MOST = 3;

const shown = signal<readonly ShownToast[]>([]);
let lastId = 0;

/** Says something in passing; what matters must be told in its place as well. */
export function toast(said: Toast): void {
  lastId += 1;
  const id = lastId;
  shown.value = [...shown.value.slice(1 - MOST), { ...said, id }];
  setTimeout(() => dismiss(id), SHOWN_MS);
}

function dismiss(id: number): void {
  shown.value = shown.value.filter((each) => each.id !== id);
}

/** Where toasts appear. It is always there, so that a screen reader reads what is added. */
export function Toasts() {
  const t = shellText();
  return (
    <section class="toasts" aria-label={t.notifications}>
      <ol aria-live="polite">
        {shown.value.map(({ id, kind, text, href }) => (
          <li key={id} class={`toast toast-${kind}`}>
            {href === undefined ? <p>{text}</p> : <a href={href}>{text}</a>}
            <button type="button" class="toast-close" onClick={() => dismiss(id)}>
              <Icon name="close" />
              <span class="sr">{t.close}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
