import { useState } from 'preact/hooks';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useReading } from '../../api/use-reading.js';
import { signIn } from '../../shell/session.js';
import { Button, ButtonLink } from '../../ui/button.js';
import { Money, money } from '../../ui/money.js';
import type { CartLine } from '../cart/contents.js';
import type { Shelf } from '../cart/use-shelf.js';
import { RefusalNote } from '../problems/refusal-note.js';
import { WaitingNote } from '../problems/waiting-note.js';
import { ChargeAndGoOn } from '../wallet/charge-and-go-on.js';
import { readWallet } from '../wallet/use-charge.js';
import { CouponField } from './coupon-field.js';
import { checkoutText } from './messages.js';
import { PriceBreakdown } from './price-breakdown.js';
import { quoteOf } from './quote.js';
import { UnsettledOrder } from './unsettled-order.js';
import type { OrderRequest, PlaceOrderDeed, PlaceOrderRefusal } from './use-place-order.js';

type Order = Schemas['Order'];

interface CheckoutProps {
  readonly lines: readonly CartLine[];
  readonly shelf: Shelf;
  readonly deed: PlaceOrderDeed;
  /** It may be of what lay there before: whoever orders again meanwhile gets the order that was under way. */
  readonly onPlaced: (order: Order) => void;
  readonly onRemove: (productIds: readonly number[]) => void;
  /** There was less than what is shown. */
  readonly onShort: () => void;
}

/** What the order costs, with which coupon, and the button that places it. */
export function Checkout({ lines, shelf, deed, onPlaced, onRemove, onShort }: CheckoutProps) {
  const t = checkoutText();
  const wallet = useReading(readWallet, []);
  const held = useReading(
    (options) => api.get('/api/v1/coupons', { query: { status: 'AVAILABLE' } }, options),
    [],
  );
  const [couponId, setCouponId] = useState<number | null>(null);
  const coupons = held.value?.items ?? [];
  const coupon = coupons.find(({ id }) => id === couponId) ?? null;
  const rate = coupon?.discountRate ?? null;
  const quote = quoteOf(lines, shelf, rate);
  const balance = wallet.value?.balance ?? null;

  const place = async (request: OrderRequest) => {
    const answer = await deed.run(request);
    if (answer.ok) onPlaced(answer.value);
    else if (answer.refusal.code === 'COUPON_NOT_USABLE') await held.readAgain();
    else if (answer.refusal.code === 'OUT_OF_STOCK') onShort();
  };
  const start = (request: OrderRequest) => {
    place(request).catch(() => {});
  };
  const items = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  const request: OrderRequest = { items, couponId: coupon?.id ?? null };

  return (
    <section class="checkout" aria-labelledby="checkout">
      <h2 id="checkout">{t.title}</h2>
      <CouponField
        coupons={coupons}
        chosen={coupon?.id ?? null}
        saves={(percent) => quoteOf(lines, shelf, percent).discount}
        onChoose={setCouponId}
      />
      <PriceBreakdown quote={quote} rate={rate} totalLabel={t.total}>
        {balance !== null && (
          <>
            <dt class="breakdown-soft">{t.balance}</dt>
            <dd class="breakdown-soft">
              <Money won={balance} />
            </dd>
          </>
        )}
      </PriceBreakdown>
      {balance !== null && balance < quote.total && deed.refusal === null && (
        <p class="hint">{t.short(money(quote.total - balance))}</p>
      )}
      <UnsettledOrder deed={deed} onGoOn={start} />
      <Button look="main" class="wide" busy={deed.isRunning} onClick={() => start(request)}>
        {t.place}
      </Button>
      <WaitingNote waiting={deed.waiting} onGiveUp={deed.giveUp} />
      <RefusalNote
        refusal={deed.refusal}
        // What has no outcome is sent again as it was, whatever was chosen since: only so it is not done twice.
        onAgain={() => start(deed.unsettled?.request ?? request)}
        isHelpedElsewhere={deed.refusal?.code === 'OUT_OF_STOCK'}
      >
        {deed.refusal !== null && (
          <WayOut
            refusal={deed.refusal}
            onOrder={() => start(request)}
            onOrderWithoutCoupon={() => {
              setCouponId(null);
              start({ ...request, couponId: null });
            }}
            onRemoveGone={(productId) => {
              onRemove([productId]);
              deed.dismiss();
            }}
          />
        )}
      </RefusalNote>
      <p class="hint">{t.heldAWhile}</p>
    </section>
  );
}

interface WayOutProps {
  readonly refusal: PlaceOrderRefusal;
  readonly onOrder: () => void;
  readonly onOrderWithoutCoupon: () => void;
  readonly onRemoveGone: (productId: number) => void;
}

/** What helps against a refusal. Against OUT_OF_STOCK it stands below the lines that are short. */
function WayOut({ refusal, onOrder, onOrderWithoutCoupon, onRemoveGone }: WayOutProps) {
  const t = checkoutText();
  const { code } = refusal;
  if (code === 'INSUFFICIENT_BALANCE') {
    return (
      <ChargeAndGoOn
        key={refusal.required}
        missing={refusal.required - refusal.balance}
        purpose="place"
        onCharged={onOrder}
      />
    );
  }
  if (code === 'COUPON_NOT_USABLE' || code === 'COUPON_NOT_FOUND') {
    return <Button onClick={onOrderWithoutCoupon}>{t.withoutCoupon}</Button>;
  }
  if (code === 'PRODUCT_NOT_FOUND') {
    return <Button onClick={() => onRemoveGone(refusal.productId)}>{t.withoutGone}</Button>;
  }
  if (code === 'GIVEN_UP' && refusal.mayBeDone) {
    return <ButtonLink href="/orders">{t.toOrders}</ButtonLink>;
  }
  return null;
}

/** Whoever is not signed in can see what their cart costs. */
export function CheckoutForNobody({ lines, shelf }: Pick<CheckoutProps, 'lines' | 'shelf'>) {
  const t = checkoutText();
  return (
    <section class="checkout" aria-labelledby="checkout">
      <h2 id="checkout">{t.title}</h2>
      <PriceBreakdown quote={quoteOf(lines, shelf, null)} rate={null} totalLabel={t.total} />
      <Button look="main" class="wide" onClick={signIn}>
        {t.signIn}
      </Button>
    </section>
  );
}
