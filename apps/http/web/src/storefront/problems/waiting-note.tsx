import { surroundings } from '../../api/api.js';
import type { Waiting } from '../../api/client.js';
import { useNow } from '../../api/use-now.js';
import { Button } from '../../ui/button.js';
import { problemsText } from './messages.js';
import { hindranceText } from './problem-text.js';
import { useIntoView } from './use-into-view.js';

/** Says why something takes long and when it is tried again; whoever has enough can stop waiting. */
export function WaitingNote({
  waiting,
  onGiveUp,
}: {
  readonly waiting: Waiting | null;
  readonly onGiveUp?: () => void;
}) {
  return (
    <div class="heard" aria-live="polite">
      {waiting !== null && <Note waiting={waiting} onGiveUp={onGiveUp} />}
    </div>
  );
}

function Note({
  waiting: { hindrance, until },
  onGiveUp,
}: {
  readonly waiting: Waiting;
  readonly onGiveUp: (() => void) | undefined;
}) {
  const t = problemsText();
  const note = useIntoView();
  const now = useNow(surroundings.now);
  const seconds = until === null ? null : Math.max(1, Math.ceil((until - now) / 1_000));
  return (
    <div class="note note-wait" ref={note}>
      <span class="note-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <div class="note-body">
        <p>
          {hindranceText(hindrance)}
          {/* It changes every second: whoever listens has heard why, and that is enough. */}
          {seconds !== null && <span aria-hidden="true"> {t.again(seconds)}</span>}
        </p>
        {onGiveUp !== undefined && (
          <Button look="quiet" onClick={onGiveUp}>
            {t.giveUp}
          </Button>
        )}
      </div>
    </div>
  );
}
