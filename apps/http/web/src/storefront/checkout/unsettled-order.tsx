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
  const { isRunning, refusal, unsettled } = deed;
  if (unsettled === null || refusal !== null || isRunning) return null;
  return (
    <UnsettledNote onGoOn={() => onGoOn(unsettled.request)} onForget={deed.dismiss}>
      {t.unsettled(unsettled.request.items.length)}
    </UnsettledNote>
  );
}
