import { useReading } from '../../api/use-reading.js';
import type { Schemas } from '../../api/document.js';
import { Button } from '../../ui/button.js';
import { Money, money } from '../../ui/money.js';
import { checkoutText } from '../checkout/messages.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { UnsettledNote } from '../problems/unsettled-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { ChargeAndGoOn } from '../wallet/charge-and-go-on.js';
import { readWallet } from '../wallet/use-charge.js';
import { ordersText } from './messages.js';
import { usePay } from './use-order-deeds.js';

interface PayBoxProps {
  readonly order: Schemas['Order'];
  /** The order is another one now: it is to be read. */
  readonly onChanged: () => Promise<void>;
}

/** The button that pays, and the ways out when it does not. */
export function PayBox({ order: { id, total }, onChanged }: PayBoxProps) {
  const t = ordersText();
  const { balance: balanceLabel } = checkoutText();
  const wallet = useReading(readWallet, []);
  const deed = usePay(id);
  const { giveUp, isRunning, refusal, run, unsettled, waiting } = deed;
  // What the shop names is what it costs, whatever this page has read.
  const required = refusal?.code === 'AMOUNT_MISMATCH' ? refusal.required : total;

  const pay = async (amount: number) => {
    const answer = await run({ amount });
    if (answer.ok || answer.refusal.code === 'ORDER_NOT_PAYABLE') await onChanged();
  };
  const start = (amount: number) => {
    pay(amount).catch(() => {});
  };

  return (
    <div class="pay">
      <UnsettledNote deed={deed} onGoOn={({ amount }) => start(amount)}>
        {() => t.unsettledPay}
      </UnsettledNote>
      {wallet.value !== null && (
        <p class="pay-balance hint">
          {balanceLabel} <Money won={wallet.value.balance} />
        </p>
      )}
      <Button look="main" class="wide" busy={isRunning} onClick={() => start(required)}>
        {required === 0 ? t.payFree : t.pay(money(required))}
      </Button>
      <WaitingNote waiting={waiting} onGiveUp={giveUp} />
      <RefusalNote refusal={refusal} onAgain={() => start(unsettled?.request.amount ?? required)}>
        {refusal?.code === 'INSUFFICIENT_BALANCE' && (
          <ChargeAndGoOn
            key={refusal.required}
            missing={refusal.required - refusal.balance}
            purpose="pay"
            onCharged={() => start(refusal.required)}
          />
        )}
      </RefusalNote>
    </div>
  );
}
