import { useId } from 'preact/hooks';
import type { Schemas } from '../../api/document.js';
import { language } from '../../shell/language.js';
import { formatDay } from '../../ui/format.js';
import { money } from '../../ui/money.js';
import { checkoutText } from './messages.js';

type Coupon = Schemas['Coupon'];

interface CouponFieldProps {
  readonly coupons: readonly Coupon[];
  readonly chosen: number | null;
  /** Won that a discount of so many percent takes off. */
  readonly saves: (discountRate: number) => number;
  readonly onChoose: (couponId: number | null) => void;
}

/** Which of the customer's coupons the order uses, and what each is worth here. */
export function CouponField({ coupons, chosen, saves, onChoose }: CouponFieldProps) {
  const t = checkoutText();
  const id = useId();
  if (coupons.length === 0) {
    return (
      <p class="hint">
        {t.noneHeld} <a href="/coupons">{t.toCoupons}</a>
      </p>
    );
  }
  return (
    <div class="field">
      <label for={id}>{t.coupon}</label>
      <select
        id={id}
        value={chosen ?? ''}
        onChange={({ currentTarget }) =>
          onChoose(currentTarget.value === '' ? null : Number(currentTarget.value))
        }
      >
        <option value="">{t.noCoupon}</option>
        {coupons.map((coupon) => (
          <option key={coupon.id} value={coupon.id}>
            {t.option(
              coupon.discountRate,
              money(saves(coupon.discountRate)),
              formatDay(coupon.expiresAt.slice(0, 10), language.value),
            )}
          </option>
        ))}
      </select>
    </div>
  );
}
