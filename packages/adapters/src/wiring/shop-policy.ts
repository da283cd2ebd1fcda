import type { ShopPolicy } from '@jumun/application';
import { SalesCalendar } from '@jumun/domain';
import { endOfTurn } from '../local/end-of-turn.js';

/** What an operator decides about the shop. */
export interface ShopSettings {
  /** How long an order's stock and coupon are held for its payment. */
  readonly orderHoldSeconds: number;
  /** IANA name of the zone whose calendar days the sales are counted by. */
  readonly salesTimeZone: string;
}

/** SQLite works while we wait: a larger batch would hold up every other request of the process for too long. */
const MAX_BATCH = 64;
/** More waiting commands than this are refused: they would be answered too late to be of use. */
const MAX_QUEUED = 10_000;

export const shopPolicy = ({ orderHoldSeconds, salesTimeZone }: ShopSettings): ShopPolicy => ({
  orderHoldSeconds,
  salesCalendar: new SalesCalendar(salesTimeZone),
  desk: { maxBatch: MAX_BATCH, maxQueued: MAX_QUEUED, endOfTurn },
});
