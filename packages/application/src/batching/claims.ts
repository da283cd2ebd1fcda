import type { CouponCampaignId, CouponId, OrderId, ProductId, UserId } from '@jumun/domain';
import type { CouponHolder, ProductCustomer } from '../ports/repositories.js';

/**
 * What a batch of commands needs to be decided. A command states its claims before anything is loaded; the rows of all
 * commands are then locked together, in one order for everybody.
 */
export class Claims {
  readonly orders = new Set<OrderId>();
  readonly wallets = new Set<UserId>();
  readonly coupons = new Set<CouponId>();
  readonly campaigns = new Set<CouponCampaignId>();
  /** Products to revise. */
  readonly products = new Set<ProductId>();
  readonly stocks = new Set<ProductId>();
  /** Products to read without locking. */
  readonly catalogue = new Set<ProductId>();
  readonly holders: CouponHolder[] = [];
  readonly buyers: ProductCustomer[] = [];
}
