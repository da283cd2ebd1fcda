import { useLocation } from 'preact-iso';
import type { Schemas } from '../../api/document.js';
import { language } from '../../shell/language.js';
import { ButtonLink } from '../../ui/button.js';
import { formatMoment } from '../../ui/format.js';
import { Name } from '../../ui/name.js';
import { Empty } from '../../ui/placeholders.js';
import { couponsText } from './messages.js';

type Coupon = Schemas['Coupon'];
type CouponStatus = Coupon['status'];

const STATUSES: readonly CouponStatus[] = ['AVAILABLE', 'RESERVED', 'USED', 'EXPIRED'];

/** The customer's own coupons, those of one status at a time; which one stands in the address. */
export function MyCoupons({
  coupons,
  nameOf,
}: {
  readonly coupons: readonly Coupon[];
  /** What a campaign is called, where that is known: only those that run now are. */
  readonly nameOf: (campaignId: number) => string | null;
}) {
  const t = couponsText();
  const { query } = useLocation();
  const chosen = STATUSES.find((status) => status === query['status']) ?? 'AVAILABLE';
  const shown = coupons.filter(({ status }) => status === chosen);
  const none = {
    AVAILABLE: t.noneAVAILABLE,
    RESERVED: t.noneRESERVED,
    USED: t.noneUSED,
    EXPIRED: t.noneEXPIRED,
  };
  return (
    <>
      <nav class="tabs" aria-label={t.byStatus}>
        {STATUSES.map((status) => (
          <a
            key={status}
            href={status === 'AVAILABLE' ? '/coupons' : `/coupons?status=${status}`}
            aria-current={status === chosen ? 'page' : undefined}
          >
            {t[status]}{' '}
            <span class="number">{coupons.filter((each) => each.status === status).length}</span>
          </a>
        ))}
      </nav>
      {shown.length === 0 ? (
        <Empty title={none[chosen]} />
      ) : (
        <ul class="coupons coupons-mine">
          {shown.map((coupon) => (
            <MyCoupon
              key={coupon.id}
              coupon={coupon}
              name={nameOf(coupon.couponCampaignId) ?? t.campaign(coupon.couponCampaignId)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function MyCoupon({ coupon, name }: { readonly coupon: Coupon; readonly name: string }) {
  const t = couponsText();
  const { discountRate, expiresAt, issueNumber, status } = coupon;
  return (
    <li class="coupon" data-gone={status === 'USED' || status === 'EXPIRED' || undefined}>
      <div class="coupon-stub" aria-hidden="true">
        {t.off(discountRate)}
      </div>
      <div class="coupon-body">
        <h3>
          <span class="sr">{t.offSpoken(discountRate)}, </span>
          <Name>{name}</Name>
        </h3>
        <p class="coupon-facts">
          <span>
            {status === 'RESERVED' ? t.heldBy : t.until(formatMoment(expiresAt, language.value))}
          </span>
          <span class="number">{t.number(issueNumber)}</span>
        </p>
        {status === 'AVAILABLE' && <ButtonLink href="/products">{t.use}</ButtonLink>}
        {status === 'RESERVED' && <ButtonLink href="/orders">{t.toOrders}</ButtonLink>}
      </div>
    </li>
  );
}
