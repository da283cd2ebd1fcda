import {
  afterSeconds,
  type CouponCampaignId,
  type CouponExhausted,
  type Instant,
} from '@jumun/domain';
import type { EventBus } from '../ports/event-bus.js';

/** News can be lost: so the campaign is looked at again after a second, by one transaction for the whole crowd. */
const REMEMBERED_SECONDS = 1;

interface Remembered {
  readonly refusal: CouponExhausted;
  readonly until: Instant;
}

/**
 * Remembers which campaigns are exhausted, so that a sold-out campaign costs next to no transactions. It forgets a campaign
 * when that changes. A crowd that was still being refused while the campaign grew cannot set the latch again: whoever sets
 * it says which state of the campaign it saw.
 */
export class SoldOutLatch {
  private readonly soldOut = new Map<CouponCampaignId, Remembered>();
  private readonly changes = new Map<CouponCampaignId, number>();

  constructor(events: EventBus) {
    events.subscribe((news) => {
      if (news.type !== 'CouponCampaignChanged') return;
      this.soldOut.delete(news.campaignId);
      this.changes.set(news.campaignId, this.version(news.campaignId) + 1);
    });
  }

  /** The refusal that every customer gets now, or undefined when the campaign must be looked at. */
  refusal(campaignId: CouponCampaignId, now: Instant): CouponExhausted | undefined {
    const remembered = this.soldOut.get(campaignId);
    if (remembered === undefined || now >= remembered.until) return undefined;
    return now < remembered.refusal.endsAt ? remembered.refusal : undefined;
  }

  /** Ask before the campaign is looked at, and give the answer to {@link set}. */
  version(campaignId: CouponCampaignId): number {
    return this.changes.get(campaignId) ?? 0;
  }

  set(refusal: CouponExhausted, version: number, now: Instant): void {
    const { campaignId } = refusal;
    if (version !== this.version(campaignId)) return;
    this.soldOut.set(campaignId, { refusal, until: afterSeconds(now, REMEMBERED_SECONDS) });
  }
}
