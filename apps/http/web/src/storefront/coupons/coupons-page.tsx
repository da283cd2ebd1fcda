import './coupons.css';
import { answered, type Refusal } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { type Reading, useReading } from '../../api/use-reading.js';
import { shellText } from '../../shell/messages.js';
import { Page } from '../../shell/page.js';
import { who } from '../../shell/session.js';
import { Empty } from '../../ui/placeholders.js';
import { ReadingView } from '../problems/reading-view.js';
import { SignedIn } from '../problems/signed-in.js';
import { CampaignTicket } from './campaign-ticket.js';
import { couponsText } from './messages.js';
import { MyCoupons } from './my-coupons.js';

/** Coupons go fast: what is left is looked at often. */
const EVERY_MS = 2_000;

/** Coupon campaigns that run now, and the customer's own coupons. */
export function CouponsPage() {
  const t = shellText();
  return (
    <Page title={t.coupons} width="narrow">
      <Coupons key={who.value?.userId ?? 0} />
    </Page>
  );
}

function Coupons() {
  const t = couponsText();
  const userId = who.value?.userId ?? null;
  const campaigns = useReading((options) => api.get('/api/v1/coupon-campaigns', {}, options), [], {
    every: EVERY_MS,
  });
  const running = campaigns.value?.items ?? [];
  const mine = useMyCoupons(userId);
  const had = new Set(mine.value?.items.map(({ couponCampaignId }) => couponCampaignId));
  const onChanged = () => {
    Promise.all([campaigns.readAgain(), mine.readAgain()]).catch(() => {});
  };
  return (
    <div class="stack-wide">
      <section class="stack-wide" aria-labelledby="running">
        <h2 id="running">{t.running}</h2>
        <ReadingView reading={campaigns} lines={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.noneRunning} />
            ) : (
              <ul class="coupons">
                {items.map((campaign) => (
                  <CampaignTicket
                    key={campaign.id}
                    campaign={campaign}
                    others={items.filter(
                      ({ id, remainingQuantity }) =>
                        id !== campaign.id && remainingQuantity > 0 && !had.has(id),
                    )}
                    isMine={had.has(campaign.id)}
                    onChanged={onChanged}
                  />
                ))}
              </ul>
            )
          }
        </ReadingView>
      </section>
      <section class="stack-wide" aria-labelledby="mine">
        <h2 id="mine">{t.myCoupons}</h2>
        <SignedIn>
          {() => (
            <ReadingView reading={mine}>
              {({ items }) => (
                <MyCoupons
                  coupons={items}
                  nameOf={(id) => running.find((each) => each.id === id)?.name ?? null}
                />
              )}
            </ReadingView>
          )}
        </SignedIn>
      </section>
    </div>
  );
}

interface Held {
  readonly items: readonly Schemas['Coupon'][];
}

/** The coupons of whoever is signed in; nobody has none. */
const useMyCoupons = (userId: number | null): Reading<Held, Refusal> =>
  useReading<Held, Refusal>(
    async (options) =>
      userId === null
        ? answered({ items: [] })
        : await api.get('/api/v1/coupons', { query: {} }, options),
    [userId],
  );
