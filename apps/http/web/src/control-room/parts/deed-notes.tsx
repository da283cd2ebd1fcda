import type { Refusal } from '../../api/answer.js';
import type { Deed } from '../../api/use-deed.js';
import { problemsText } from '../../storefront/problems/messages.js';
import { RefusalNote } from '../../storefront/problems/refusal-note.js';
import { UnsettledNote } from '../../storefront/problems/unsettled-note.js';
import { WaitingNote } from '../../storefront/problems/waiting-note.js';
import { Button } from '../../ui/button.js';

/**
 * Whether something was sent without a known outcome. The same once more would be taken for it, and done no second time: first the
 * operator says which of the two is meant. Who has to sign in again is asked nothing else.
 */
export const isInQuestion = <Request, Value>({
  isRunning,
  refusal,
  unsettled,
}: Pick<Deed<Request, Value, Refusal>, 'isRunning' | 'refusal' | 'unsettled'>): boolean =>
  unsettled !== null && !isRunning && refusal?.code !== 'UNAUTHENTICATED';

interface DeedNotesProps<Request, Value> {
  readonly deed: Deed<Request, Value, Refusal>;
  /** Sends what is unsettled once more, under its key. */
  readonly onGoOn: (request: Request) => void;
  /** What was sent, as a sentence. */
  readonly children: (request: Request) => string;
}

/** How a deed of an operator goes: what it waits for, why it was refused, and what is in doubt, to go on with or to let go. */
export function DeedNotes<Request, Value>({
  deed,
  onGoOn,
  children,
}: DeedNotesProps<Request, Value>) {
  const t = problemsText();
  const { dismiss, giveUp, refusal, unsettled, waiting } = deed;
  return (
    <>
      <UnsettledNote deed={deed} onGoOn={onGoOn}>
        {children}
      </UnsettledNote>
      <WaitingNote waiting={waiting} onGiveUp={giveUp} />
      <RefusalNote
        refusal={refusal}
        onAgain={unsettled === null ? undefined : () => onGoOn(unsettled.request)}
      >
        {isInQuestion(deed) && (
          <Button look="quiet" onClick={dismiss}>
            {t.forget}
          </Button>
        )}
      </RefusalNote>
    </>
  );
}
