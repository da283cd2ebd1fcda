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
  const deed = useCharge('wallet');
  const { giveUp, isRunning, refusal, run, unsettled, waiting } = deed;

  const charge = async (amount: number) => {
    const answer = await run({ amount });
    if (!answer.ok) return;
    input.fill(null);
    // What was charged, which is not what was typed where another charge was under way.
    const { amount: charged, balance } = answer.value;
    toast({ kind: 'good', text: t.charged(money(charged), money(balance)) });
    onCharged(balance);
  };
  const start = (amount: number | null) => {
    if (amount !== null) charge(amount).catch(() => {});
  };

  return (
    <form
      class="stack charge"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start(input.take());
      }}
    >
      <UnsettledNote deed={deed} onGoOn={({ amount }) => start(amount)}>
        {({ amount }) => t.unsettled(money(amount))}
      </UnsettledNote>
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
      <RefusalNote
        refusal={refusal}
        onAgain={() => start(unsettled?.request.amount ?? input.take())}
      />
    </form>
  );
}
