import type { Schemas } from '../../api/document.js';
import { serverTime } from '../../api/api.js';
import { useNow } from '../../api/use-now.js';
import { language } from '../../shell/language.js';
import { Badge } from '../../ui/badge.js';
import { ButtonLink } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { Name } from '../../ui/name.js';
import { clockFace } from '../orders/hold.js';
import { useRescuedFocus } from '../problems/use-rescued-focus.js';
import { couponsText } from './messages.js';
import { OtherCampaigns } from './other-campaigns.js';
import { TakeButton } from './take-button.js';
import { type TimeLeft, timeLeft } from './time-left.js';

type CouponCampaign = Schemas['CouponCampaign'];

interface CampaignTicketProps {
  readonly campaign: CouponCampaign;
  /** Other campaigns that have a coupon for this customer. */
  readonly others: readonly CouponCampaign[];
  /** Whether this customer has had theirs. */
  readonly isMine: boolean;
  readonly onChanged: () => void;
}

/** One campaign as a ticket: what it is worth, how many are left and for how long, and the button that takes one. */
export function CampaignTicket({ campaign, others, isMine, onChanged }: CampaignTicketProps) {
  const t = couponsText();
  const { discountRate, endsAt, name, remainingQuantity, totalQuantity } = campaign;
  const left = timeLeft(endsAt, useNow(serverTime));
  const total = formatNumber(totalQuantity, language.value);
  const isGone = remainingQuantity === 0;
  const body = useRescuedFocus(isMine);
  return (
    <li class="coupon" data-gone={isGone || undefined}>
      <div class="coupon-stub" aria-hidden="true">
        {t.off(discountRate)}
      </div>
      <div class="coupon-body" ref={body} tabIndex={-1}>
        <h3>
          <span class="sr">{t.offSpoken(discountRate)}, </span>
          <Name>{name}</Name>
        </h3>
        <div class="coupon-facts">
          <span class="number" key={remainingQuantity}>
            {isGone
              ? t.gone(total)
              : t.left(formatNumber(remainingQuantity, language.value), total)}
          </span>
          <span class="number">{tellTimeLeft(left, t)}</span>
        </div>
        <Supply share={remainingQuantity / totalQuantity} />
        <div class="row">
          {isMine ? (
            <>
              <Badge tone="good">{t.mine}</Badge>
              <ButtonLink href="/products">{t.use}</ButtonLink>
            </>
          ) : (
            <TakeButton campaign={campaign} onChanged={onChanged}>
              <OtherCampaigns campaigns={others} onChanged={onChanged} />
            </TakeButton>
          )}
        </div>
      </div>
    </li>
  );
}

/** How much is left, as a bar; the words beside it say the same. */
const Supply = ({ share }: { readonly share: number }) => (
  <svg class="supply" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
    <rect width="100" height="3" />
    <rect class="supply-rest" width={share * 100} height="3" />
  </svg>
);

function tellTimeLeft(left: TimeLeft, t: ReturnType<typeof couponsText>): string {
  switch (left.unit) {
    case 'always':
      return t.always;
    case 'over':
      return t.over;
    case 'days':
      return t.days(left.count);
    case 'hours':
      return t.hours(left.count);
    case 'seconds':
      return t.clock(clockFace(left.count));
  }
}
