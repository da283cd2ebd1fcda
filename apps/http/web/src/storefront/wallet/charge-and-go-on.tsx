import { useState } from 'preact/hooks';
import { language } from '../../shell/language.js';
import { Button, ButtonLink } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { money } from '../../ui/money.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { MOST_CHARGE, typedAmount } from './amount.js';
import { AmountField } from './amount-field.js';
import { walletText } from './messages.js';
import { useCharge } from './use-charge.js';

interface ChargeAndGoOnProps {
  /** Won that the wallet lacks. */
  readonly missing: number;
  readonly purpose: 'place' | 'pay';
  /** What the money was missing for: done once it is there. */
  readonly onCharged: () => void;
}

/** The way out of too small a balance: what is missing is filled in to the won, and what was refused goes on by itself. */
export function ChargeAndGoOn({ missing, purpose, onCharged }: ChargeAndGoOnProps) {
  const t = walletText();
  const [text, setText] = useState(() => formatNumber(missing, language.value));
  const [isWrong, setWrong] = useState(false);
  const { giveUp, isRunning, refusal, run, waiting } = useCharge(purpose);
  const amount = typedAmount(text);
  if (missing > MOST_CHARGE) return <ButtonLink href="/wallet">{t.toWallet}</ButtonLink>;

  const charge = async () => {
    setWrong(amount === null);
    if (amount === null) return;
    const answer = await run({ amount });
    if (answer.ok) onCharged();
  };
  const start = () => {
    charge().catch(() => {});
  };
  const label = purpose === 'place' ? t.chargeAndPlace : t.chargeAndPay;

  return (
    <form
      class="stack charge-on"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <AmountField
        value={text}
        isWrong={isWrong}
        onType={(typed) => {
          setWrong(false);
          setText(typed);
        }}
      />
      <Button look="main" type="submit" busy={isRunning}>
        {label(money(amount ?? missing))}
      </Button>
      <WaitingNote waiting={waiting} onGiveUp={giveUp} />
      <RefusalNote refusal={refusal} onAgain={start} />
    </form>
  );
}
