import { language } from '../../shell/language.js';
import { Badge } from '../../ui/badge.js';
import { formatMoment } from '../../ui/format.js';
import { Money } from '../../ui/money.js';
import { ordersText } from './messages.js';
import { type OperatorOrder, STATUS_TONES } from './operator-order.js';

/** One order as a slip: what was ordered, what it came to, and what has become of it. */
export function OrderDetails({ order }: { readonly order: OperatorOrder }) {
  const t = ordersText();
  const { couponId, discount, expiresAt, items, paidAt, paymentId, status, subtotal } = order;
  const moment = (at: string): string => formatMoment(at, language.value);
  return (
    <div class="form">
      <p class="row">
        <Badge tone={STATUS_TONES[status]}>{t[status]}</Badge>
        <span>{t.customerOf(order.userId)}</span>
        {couponId !== null && <span class="hint">{t.coupon(couponId)}</span>}
        {paymentId !== null && <span class="hint">{t.payment(paymentId)}</span>}
      </p>
      <ul class="order-lines">
        {items.map(({ amount, name, productId, quantity, unitPrice }) => (
          <li key={productId} class="row between">
            <span>
              {name}{' '}
              <span class="hint number">
                <Money won={unitPrice} /> × {t.pieces(quantity)}
              </span>
            </span>
            <Money won={amount} />
          </li>
        ))}
      </ul>
      <hr class="tear" />
      <dl class="order-sums">
        <Sum name={t.subtotal} won={subtotal} />
        {discount > 0 && <Sum name={t.discount} won={-discount} />}
        <Sum name={t.total} won={order.total} strong />
      </dl>
      <p class="hint">
        {t.placed} {moment(order.createdAt)}
        <br />
        {paidAt === null ? `${t.expiresAt} ${moment(expiresAt)}` : `${t.paidAt} ${moment(paidAt)}`}
      </p>
    </div>
  );
}

function Sum({
  name,
  won,
  strong = false,
}: {
  readonly name: string;
  readonly won: number;
  readonly strong?: boolean;
}) {
  return (
    <div class="row between">
      <dt>{name}</dt>
      <dd class={strong ? 'order-total' : undefined}>
        <Money won={won} />
      </dd>
    </div>
  );
}
