import { Button, ButtonLink } from '../../ui/button.js';
import { money } from '../../ui/money.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { UnsettledNote } from '../problems/unsettled-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { MOST_CHARGE } from './amount.js';
import { AmountField } from './amount-field.js';
import { walletText } from './messages.js';
import { useAmount } from './use-amount.js';
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
  const input = useAmount(missing);
  const deed = useCharge(purpose);
  const { giveUp, isRunning, refusal, run, unsettled, waiting } = deed;
  if (missing > MOST_CHARGE) return <ButtonLink href="/wallet">{t.toWallet}</ButtonLink>;

  const charge = async (amount: number) => {
    const answer = await run({ amount });
    if (answer.ok) onCharged();
  };
  const start = (amount: number | null) => {
    if (amount !== null) charge(amount).catch(() => {});
  };
  const label = purpose === 'place' ? t.chargeAndPlace : t.chargeAndPay;

  return (
    <form
      class="stack charge-on"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start(input.take());
      }}
    >
      <UnsettledNote deed={deed} onGoOn={({ amount }) => start(amount)}>
        {({ amount }) => t.unsettled(money(amount))}
      </UnsettledNote>
      <AmountField input={input} />
      <Button look="main" type="submit" busy={isRunning}>
        {label(money(input.amount ?? missing))}
      </Button>
      <WaitingNote waiting={waiting} onGiveUp={giveUp} />
      <RefusalNote
        refusal={refusal}
        onAgain={() => start(unsettled?.request.amount ?? input.take())}
      />
    </form>
  );
}
