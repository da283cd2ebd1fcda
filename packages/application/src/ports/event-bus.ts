import type { CouponCampaignId, ProductId } from '@jumun/domain';

/** News between the parts and processes of the shop, told after the commit: what somebody may remember has changed. */
export interface CouponCampaignChanged {
  readonly type: 'CouponCampaignChanged';
  readonly campaignId: CouponCampaignId;
}

/** New rankings were stored. */
export interface RankingsChanged {
  readonly type: 'RankingsChanged';
  /** Of the rankings, as `RankingQueries.version` tells it. */
  readonly version: number;
}

/** A product's name or price may be another one now. */
export interface ProductRevised {
  readonly type: 'ProductRevised';
  readonly productId: ProductId;
}

/** Messages for the data platform were put in line. It is not told of each one. */
export interface DeliveriesWaiting {
  readonly type: 'DeliveriesWaiting';
}

export type ShopNews = CouponCampaignChanged | RankingsChanged | ProductRevised | DeliveriesWaiting;

/** At most once: news may be lost, so nothing that is told here may be needed for a right result. */
export interface EventBus {
  /** It comes after a commit, so it never rejects: where others cannot be told, they are not. */
  publish(news: ShopNews): Promise<void>;
  /** Returns how to stop listening. A listener that throws disturbs nobody else. */
  subscribe(listener: (news: ShopNews) => void): () => void;
}
