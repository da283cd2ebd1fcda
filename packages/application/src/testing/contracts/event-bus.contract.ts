import { couponCampaignId, productId } from '@jumun/domain';
import type { EventBus, ShopNews } from '../../ports/event-bus.js';
import { type Contract, mustEqual } from './contract.js';

export interface EventBusHarness {
  readonly events: EventBus;
  /** The same news as another process hears and tells them. */
  readonly rival: EventBus;
  /** Resolves when everything published before has reached everybody who is subscribed. */
  readonly delivered: () => Promise<void>;
}

const news = (campaign: number): ShopNews => ({
  type: 'CouponCampaignChanged',
  campaignId: couponCampaignId(campaign),
});

function aListener(bus: EventBus) {
  const heard: ShopNews[] = [];
  const stop = bus.subscribe((each) => {
    heard.push(each);
  });
  return { heard, stop };
}

/** What an event bus owes while nothing is in its way. */
export const eventBusContract: Contract<EventBusHarness> = [
  {
    sentence: 'tells news to every listener, here and elsewhere, once and in order',
    async check({ events, rival, delivered }) {
      const listeners = [aListener(events), aListener(events), aListener(rival)];
      for (const campaign of [3, 1, 2]) await events.publish(news(campaign));
      await delivered();
      for (const { heard } of listeners) {
        mustEqual(heard, [news(3), news(1), news(2)], 'what a listener heard');
      }
    },
  },
  {
    sentence: 'tells news of every kind as it is',
    async check({ events, rival, delivered }) {
      const listeners = [aListener(events), aListener(rival)];
      const everyKind: readonly ShopNews[] = [
        news(501),
        { type: 'ProductRevised', productId: productId(101) },
        { type: 'RankingsChanged', version: Number.MAX_SAFE_INTEGER },
        { type: 'DeliveriesWaiting' },
      ];
      for (const each of everyKind) await events.publish(each);
      await delivered();
      for (const { heard } of listeners) mustEqual(heard, everyKind, 'what a listener heard');
    },
  },
  {
    sentence: 'tells no more to a listener that has stopped, and goes on for the others',
    async check({ events, delivered }) {
      const [gone, stays] = [aListener(events), aListener(events)];
      await events.publish(news(1));
      await delivered();
      gone.stop();
      gone.stop();
      await events.publish(news(2));
      await delivered();
      mustEqual(gone.heard, [news(1)], 'what the one that stopped has heard');
      mustEqual(stays.heard, [news(1), news(2)], 'what the one that stayed has heard');
    },
  },
  {
    sentence: 'is not disturbed by a listener that throws',
    async check({ events, delivered }) {
      events.subscribe(() => {
        throw new Error('a bad listener');
      });
      const good = aListener(events);
      await events.publish(news(1));
      await events.publish(news(2));
      await delivered();
      mustEqual(good.heard, [news(1), news(2)], 'what the one after it has heard');
    },
  },
  {
    sentence: 'takes news that nobody listens to',
    async check({ events, delivered }) {
      await events.publish(news(1));
      await delivered();
      const late = aListener(events);
      await events.publish(news(2));
      await delivered();
      mustEqual(late.heard, [news(2)], 'what one who came later has heard');
    },
  },
];
