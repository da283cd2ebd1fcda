import type { ComponentChildren } from 'preact';
import { bePersona, isSessionKnown, signIn, who } from '../shell/session.js';
import { settings } from '../shell/settings.js';
import { Button } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholders.js';
import { controlRoomText } from './messages.js';
import './control-room.css';

/** What only operators are shown; the others are told so. The shop itself asks the token, whatever is shown here. */
export function OperatorsOnly({ children }: { readonly children: () => ComponentChildren }) {
  const t = controlRoomText();
  const visitor = who.value;
  if (visitor?.isOperator === true) return <div key={visitor.userId}>{children()}</div>;
  if (!isSessionKnown.value) return <Skeleton lines={6} />;
  return (
    <Empty title={t.operatorsOnly}>
      <p>{visitor === null ? t.signInAsOperator : t.notAnOperator}</p>
      {settings.personas ? (
        <Button
          look="main"
          onClick={() => {
            bePersona('operator').catch(() => {});
          }}
        >
          {t.beOperator}
        </Button>
      ) : (
        <Button look="main" onClick={signIn}>
          {t.signIn}
        </Button>
      )}
    </Empty>
  );
}
