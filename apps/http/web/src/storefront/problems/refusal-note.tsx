import type { ComponentChildren } from 'preact';
import type { Refusal } from '../../api/answer.js';
import { signIn } from '../../shell/session.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { problemsText } from './messages.js';
import { problemText } from './problem-text.js';
import { useIntoView } from './use-into-view.js';

/** Worth the same request again, just as it is. */
const WORTH_ANOTHER_TRY: ReadonlySet<Refusal['code']> = new Set([
  'GIVEN_UP',
  'INTERNAL_ERROR',
  'UNREADABLE_ANSWER',
  'IDEMPOTENCY_KEY_REUSED',
]);

interface RefusalNoteProps {
  readonly refusal: Refusal | null;
  /** Tries the same again. */
  readonly onAgain?: (() => void) | undefined;
  /** Whether what helps stands elsewhere, and has the focus. */
  readonly isHelpedElsewhere?: boolean;
  /** What helps, in place: beneath the sentence. */
  readonly children?: ComponentChildren;
}

/** Says why something was refused, and offers what helps. It is there before there is anything to say, so that it is read aloud. */
export function RefusalNote({ refusal, onAgain, isHelpedElsewhere, children }: RefusalNoteProps) {
  return (
    <div class="heard" role="alert">
      {refusal !== null && (
        <Note refusal={refusal} onAgain={onAgain} isHelpedElsewhere={isHelpedElsewhere ?? false}>
          {children}
        </Note>
      )}
    </div>
  );
}

function Note({
  refusal,
  onAgain,
  isHelpedElsewhere = false,
  children,
}: RefusalNoteProps & { readonly refusal: Refusal }) {
  const t = problemsText();
  const note = useIntoView(!isHelpedElsewhere);
  return (
    <div class="note note-bad" ref={note}>
      <Icon name="warning" />
      <div class="note-body">
        <p>{problemText(refusal)}</p>
        {refusal.code === 'INTERNAL_ERROR' && <p class="hint">{t.reference(refusal.requestId)}</p>}
        {children}
        {refusal.code === 'UNAUTHENTICATED' && <Button onClick={signIn}>{t.signIn}</Button>}
        {onAgain !== undefined && WORTH_ANOTHER_TRY.has(refusal.code) && (
          <Button onClick={onAgain}>{t.tryAgain}</Button>
        )}
      </div>
    </div>
  );
}
