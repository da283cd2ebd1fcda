import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { problemsText } from './messages.js';

interface UnsettledNoteProps {
  /** What was sent, as a sentence. */
  readonly children: ComponentChildren;
  readonly onGoOn: () => void;
  readonly onForget: () => void;
}

/** Something was sent and nobody heard how it ended: going on asks again under the same key, so that it is done once. */
export function UnsettledNote({ children, onGoOn, onForget }: UnsettledNoteProps) {
  const t = problemsText();
  return (
    <div class="note note-wait">
      <Icon name="clock" />
      <div class="note-body">
        <p>{children}</p>
        <p class="hint">{t.unsettledHelp}</p>
        <div class="row">
          <Button look="main" onClick={onGoOn}>
            {t.goOn}
          </Button>
          <Button look="quiet" onClick={onForget}>
            {t.forget}
          </Button>
        </div>
      </div>
    </div>
  );
}
