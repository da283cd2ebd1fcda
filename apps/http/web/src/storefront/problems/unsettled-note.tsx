import type { ComponentChildren } from 'preact';
import type { Deed } from '../../api/use-deed.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { problemsText } from './messages.js';

interface UnsettledNoteProps<Request> {
  readonly deed: Pick<
    Deed<Request, unknown, unknown>,
    'dismiss' | 'isRunning' | 'refusal' | 'unsettled'
  >;
  readonly onGoOn: (request: Request) => void;
  /** What was sent, as a sentence. */
  readonly children: (request: Request) => ComponentChildren;
}

/**
 * Something was sent and nobody heard how it ended: going on asks again under the same key, so that it is done once. What is older
 * than the shop remembers can only be looked for. There is nothing to see while a refusal says the same.
 */
export function UnsettledNote<Request>({
  deed: { dismiss, isRunning, refusal, unsettled },
  onGoOn,
  children,
}: UnsettledNoteProps<Request>) {
  const t = problemsText();
  if (unsettled === null || refusal !== null || isRunning) return null;
  const { isOutdated, request } = unsettled;
  return (
    <div class="note note-wait">
      <Icon name="clock" />
      <div class="note-body">
        <p>{children(request)}</p>
        <p class="hint">{isOutdated ? t.outdatedHelp : t.unsettledHelp}</p>
        <div class="row">
          {!isOutdated && (
            <Button look="main" onClick={() => onGoOn(request)}>
              {t.goOn}
            </Button>
          )}
          <Button look="quiet" onClick={dismiss}>
            {isOutdated ? t.looked : t.forget}
          </Button>
        </div>
      </div>
    </div>
  );
}
