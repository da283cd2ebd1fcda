import { useState } from 'preact/hooks';
import type { Schemas } from '../../api/document.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { money } from '../../ui/money.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { ordersText } from './messages.js';
import { useCancel } from './use-order-deeds.js';

type Order = Schemas['Order'];

interface CancelButtonProps {
  readonly order: Order;
  /** The order after it, or null: it is to be read. */
  readonly onChanged: (order: Order | null) => void;
}

/** Calls an order off, or takes a paid one back, after asking whether it is meant. */
export function CancelButton({ order, onChanged }: CancelButtonProps) {
  const t = ordersText();
  const [isAsking, setAsking] = useState(false);
  const deed = useCancel(order.id);
  const isPaid = order.status === 'COMPLETED';
  const total = money(order.total);

  const cancel = async () => {
    const answer = await deed.run(null);
    if (answer.ok) {
      setAsking(false);
      onChanged(answer.value);
    } else if (answer.refusal.code === 'ORDER_NOT_CANCELLABLE') {
      onChanged(null);
    }
  };
  const start = () => {
    cancel().catch(() => {});
  };
  /** Who keeps the order no longer wants what is still waited for. */
  const close = () => {
    deed.giveUp();
    setAsking(false);
  };
  const help = order.couponId === null ? t.refundHelpNoCoupon(total) : t.refundHelp(total);

  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {isPaid ? t.refund : t.cancel}
      </Button>
      {isAsking && (
        <Dialog title={isPaid ? t.refundTitle : t.cancelTitle} onClose={close}>
          <div class="stack">
            <p>{isPaid ? help : t.cancelHelp}</p>
            <WaitingNote waiting={deed.waiting} onGiveUp={deed.giveUp} />
            <RefusalNote refusal={deed.refusal} onAgain={start} />
            <div class="row">
              <Button look="danger" busy={deed.isRunning} onClick={start}>
                {isPaid ? t.refund : t.cancel}
              </Button>
              <Button onClick={close}>{t.keep}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
