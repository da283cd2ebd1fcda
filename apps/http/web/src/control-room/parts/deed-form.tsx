import type { ComponentChildren } from 'preact';
import type { Refusal } from '../../api/answer.js';
import type { Deed } from '../../api/use-deed.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { controlRoomText } from '../messages.js';
import { DeedNotes, isInQuestion } from './deed-notes.js';

interface DeedFormProps<Request, Value> {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  readonly deed: Deed<Request, Value, Refusal>;
  /** What the fields ask for; null: they do not say it yet. */
  readonly request: (fields: FormData) => Request | null;
  /** What was sent before without an outcome, as a sentence. */
  readonly unsettled?: (request: Request) => string;
  readonly onDone: (value: Value) => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog with fields, and one thing to do with them. It stays open until that is done, and says why it is not. */
export function DeedForm<Request, Value>({
  title,
  action,
  deed,
  request,
  unsettled,
  onDone,
  onClose,
  children,
}: DeedFormProps<Request, Value>) {
  const t = controlRoomText();
  const send = async (wanted: Request): Promise<void> => {
    const answer = await deed.run(wanted);
    if (answer.ok) onDone(answer.value);
  };
  const start = (wanted: Request | null): void => {
    if (wanted !== null) send(wanted).catch(() => {});
  };
  const isAsking = isInQuestion(deed);
  /** Who calls it off no longer wants what is still waited for. */
  const close = (): void => {
    deed.giveUp();
    onClose();
  };
  return (
    <Dialog title={title} onClose={close}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isAsking) start(request(new FormData(event.currentTarget)));
        }}
      >
        {children}
        <DeedNotes deed={deed} onGoOn={start}>
          {unsettled ?? (() => t.unsettled)}
        </DeedNotes>
        <div class="row">
          {!isAsking && (
            <Button look="main" type="submit" busy={deed.isRunning}>
              {action}
            </Button>
          )}
          <Button onClick={close}>{t.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
