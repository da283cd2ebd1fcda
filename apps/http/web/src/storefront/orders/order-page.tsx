import './orders.css';
import { useLocation, useRoute } from 'preact-iso';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { type Reading, useReading } from '../../api/use-reading.js';
import type { Refusal } from '../../api/answer.js';
import { language } from '../../shell/language.js';
import { Page } from '../../shell/page.js';
import { Button } from '../../ui/button.js';
import { formatMoment } from '../../ui/format.js';
import { addToCart } from '../cart/cart.js';
import { PriceBreakdown } from '../checkout/price-breakdown.js';
import { ReadingView } from '../problems/reading-view.js';
import { SignedIn } from '../problems/signed-in.js';
import { useRescuedFocus } from '../problems/use-rescued-focus.js';
import { CancelButton } from './cancel-button.js';
import { HoldTimer } from './hold-timer.js';
import { ordersText } from './messages.js';
import { OrderLines } from './order-lines.js';
import { OrderState } from './order-state.js';
import { PayBox } from './pay-box.js';
import { StatusBadge } from './status-badge.js';

type Order = Schemas['Order'];

/** Another tab may pay it, and the shop may let it expire. */
const EVERY_MS = 10_000;

/** One order: what it is, where it stands, and what can be done about it. The shop says what is true, also after a reload. */
export function OrderPage() {
  const t = ordersText();
  const { params } = useRoute();
  const id = Number(params['id']);
  return (
    <Page title={t.order(id)} width="narrow" aside={<a href="/orders">{t.back}</a>}>
      <SignedIn>{() => <ReadOrder key={id} id={id} />}</SignedIn>
    </Page>
  );
}

function ReadOrder({ id }: { readonly id: number }) {
  const reading: Reading<Order, Refusal> = useReading(
    (options) => api.get('/api/v1/orders/{id}', { path: { id } }, options),
    [id],
    { every: EVERY_MS },
  );
  return (
    <ReadingView reading={reading} lines={6}>
      {(order) => <OrderSlip order={order} reading={reading} />}
    </ReadingView>
  );
}

interface OrderSlipProps {
  readonly order: Order;
  readonly reading: Reading<Order, Refusal>;
}

function OrderSlip({ order, reading }: OrderSlipProps) {
  const t = ordersText();
  const { couponId, createdAt, status, total } = order;
  const isPending = status === 'PENDING';
  const state = useRescuedFocus(status);
  const readAgain = () => {
    reading.readAgain().catch(() => {});
  };
  const totals = {
    PENDING: t.total,
    COMPLETED: t.totalPaid,
    CANCELLED: t.totalOf,
    EXPIRED: t.totalOf,
  };
  return (
    <div class="slip sheet">
      <div class="row between">
        <StatusBadge status={status} />
        <time class="hint" dateTime={createdAt}>
          {t.ordered(formatMoment(createdAt, language.value))}
        </time>
      </div>
      <div ref={state} tabIndex={-1} class="heard" aria-live="polite">
        {!isPending && <OrderState order={order} />}
      </div>
      {isPending && <HoldTimer order={order} onOver={reading.readAgain} />}
      <OrderLines order={order} />
      <hr class="tear" />
      <PriceBreakdown quote={order} rate={null} totalLabel={totals[status]} />
      {couponId !== null && <p class="hint">{t.couponUsed(couponId)}</p>}
      {isPending && <PayBox key={total} order={order} onChanged={reading.readAgain} />}
      <div class="row">
        {(isPending || status === 'COMPLETED') && (
          <CancelButton
            key={status}
            order={order}
            onChanged={(changed) => (changed === null ? readAgain() : reading.replace(changed))}
          />
        )}
        {status !== 'PENDING' && <OrderAgain order={order} />}
      </div>
    </div>
  );
}

/** Puts the same into the cart, at the prices of today. */
function OrderAgain({ order }: { readonly order: Order }) {
  const t = ordersText();
  const { route } = useLocation();
  return (
    <Button
      look={order.status === 'EXPIRED' ? 'main' : 'plain'}
      onClick={() => {
        for (const { productId, quantity } of order.items) addToCart(productId, quantity);
        route('/cart');
      }}
    >
      {t.again}
    </Button>
  );
}
