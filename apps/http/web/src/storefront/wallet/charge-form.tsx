import { toast } from '../../shell/toasts.js';
import { Button } from '../../ui/button.js';
import { money } from '../../ui/money.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { UnsettledNote } from '../problems/unsettled-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { AmountField } from './amount-field.js';
import { walletText } from './messages.js';
import { useAmount } from './use-amount.js';
import { useCharge } from './use-charge.js';

const PRESETS = [10_000, 50_000, 100_000, 500_000] as const;

/** Puts money into the wallet: a common amount or an exact one. `onCharged` hears the new balance. */
export function ChargeForm({ onCharged }: { readonly onCharged: (balance: number) => void }) {
  const t = walletText();
  const input = useAmount();
  const { dismiss, giveUp, isRunning, refusal, run, unsettled, waiting } = useCharge('wallet');

  const charge = async (amount: number) => {
    const answer = await run({ amount });
    if (!answer.ok) return;
    input.fill(null);
    // What was charged, which is not what was typed where another charge was under way.
    const { amount: charged, balance } = answer.value;
    toast({ kind: 'good', text: t.charged(money(charged), money(balance)) });
    onCharged(balance);
  };
  const start = (amount: number) => {
    charge(amount).catch(() => {});
  };

  const again = unsettled === null ? undefined : () => start(unsettled.request.amount);

  return (
    <form
      class="stack charge"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const amount = input.take();
        if (amount !== null) start(amount);
      }}
    >
      {unsettled !== null && refusal === null && (
        <UnsettledNote onGoOn={() => start(unsettled.request.amount)} onForget={dismiss}>
          {t.unsettled(money(unsettled.request.amount))}
        </UnsettledNote>
      )}
      <fieldset class="presets">
        <legend class="sr">{t.presets}</legend>
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            aria-pressed={input.amount === preset}
            onClick={() => input.fill(preset)}
          >
            {money(preset)}
          </Button>
        ))}
      </fieldset>
      <AmountField input={input} />
      <Button look="main" type="submit" busy={isRunning}>
        {t.charge}
      </Button>
      <WaitingNote waiting={waiting} onGiveUp={giveUp} />
      <RefusalNote refusal={refusal} onAgain={again} />
    </form>
  );
}
