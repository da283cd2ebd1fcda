import { type ComponentChildren, Fragment } from 'preact';
import { isSessionKnown, signIn, type Visitor, who } from '../../shell/session.js';
import { Button } from '../../ui/button.js';
import { Empty, Skeleton } from '../../ui/placeholders.js';
import { problemsText } from './messages.js';

/** What only a customer has: shown to one who is signed in, anew when it is another; the others are asked to sign in. */
export function SignedIn({
  children,
}: {
  readonly children: (visitor: Visitor) => ComponentChildren;
}) {
  const t = problemsText();
  const visitor = who.value;
  if (visitor !== null) return <Fragment key={visitor.userId}>{children(visitor)}</Fragment>;
  if (!isSessionKnown.value) return <Skeleton />;
  return (
    <Empty title={t.signInFirst}>
      <Button look="main" onClick={signIn}>
        {t.signInButton}
      </Button>
    </Empty>
  );
}
