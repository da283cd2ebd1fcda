import './rush-button.css';
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { rushText } from './messages.js';
import { isRushOpen, percentOf, rush, watchRush } from './rush-state.js';

interface OpenedProps {
  readonly onClose: () => void;
}

/** Opens what plays a flash sale, and shows how far it is. What it opens is loaded when it is opened first. */
export function RushButton() {
  const t = rushText();
  const latest = rush.value;
  const percent = latest?.state === 'RUNNING' ? percentOf(latest) : null;
  return (
    <>
      <button
        type="button"
        class="icon-button rush-button"
        aria-haspopup="dialog"
        onClick={() => {
          isRushOpen.value = true;
        }}
      >
        <Icon name="bolt" filled={percent !== null} />
        {percent === null ? (
          <span class="rush-label">{t.rush}</span>
        ) : (
          <>
            <span class="sr">{t.rushRunning(percent)}</span>
            <b class="rush-percent" aria-hidden="true">
              {percent}%
            </b>
          </>
        )}
      </button>
      {isRushOpen.value && <Opened />}
    </>
  );
}

function Opened() {
  const [Dialog, setDialog] = useState<ComponentType<OpenedProps> | null>(null);
  useEffect(() => {
    watchRush();
    import('./rush-dialog.js').then(
      // A function would be taken for a way to make the next state.
      ({ RushDialog }) => setDialog(() => RushDialog),
      close,
    );
  }, []);
  return Dialog === null ? null : <Dialog onClose={close} />;
}

function close(): void {
  isRushOpen.value = false;
}
