import { UnsettledNote } from '../problems/unsettled-note.js';
import { checkoutText } from './messages.js';
import type { OrderRequest, PlaceOrderDeed } from './use-place-order.js';

interface UnsettledOrderProps {
  readonly deed: PlaceOrderDeed;
  readonly onGoOn: (request: OrderRequest) => void;
}

/** An order that was sent before this page was there, and of which nobody heard how it ended. */
export function UnsettledOrder({ deed, onGoOn }: UnsettledOrderProps) {
  const t = checkoutText();
  return (
    <UnsettledNote deed={deed} onGoOn={onGoOn}>
      {({ items }) => (
        <>
          {t.unsettled(items.length)} <a href="/orders">{t.toOrders}</a>
        </>
      )}
    </UnsettledNote>
  );
}
