import { api } from '../../api/api.js';
import { useReading } from '../../api/use-reading.js';
import { language } from '../../shell/language.js';
import { ButtonLink } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { Name } from '../../ui/name.js';
import { homeText } from './messages.js';

const EVERY_MS = 5_000;

/** What coupons there are to be had now, and how many are left. Without any, there is nothing to show. */
export function RunningCampaigns() {
  const t = homeText();
  const { value } = useReading((options) => api.get('/api/v1/coupon-campaigns', {}, options), [], {
    every: EVERY_MS,
  });
  if (value === null || value.items.length === 0) return null;
  return (
    <section class="tickets" aria-labelledby="tickets-title">
      <h2 id="tickets-title">{t.campaigns}</h2>
      <ul>
        {value.items.map(({ id, name, discountRate, totalQuantity, remainingQuantity }) => (
          <li key={id} class="ticket" data-gone={remainingQuantity === 0 || undefined}>
            <b class="ticket-rate">{t.off(discountRate)}</b>
            <div>
              <p class="ticket-name">
                <Name>{name}</Name>
              </p>
              <p class="hint number">
                {remainingQuantity === 0
                  ? t.gone
                  : t.left(
                      formatNumber(remainingQuantity, language.value),
                      formatNumber(totalQuantity, language.value),
                    )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <ButtonLink href="/coupons">{t.take}</ButtonLink>
    </section>
  );
}
