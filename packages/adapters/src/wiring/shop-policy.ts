import type { ShopPolicy } from '@jumun/application';
import { SalesCalendar } from '@jumun/domain';
import type { Database } from '../knex/database.js';
import { endOfTurn } from '../local/end-of-turn.js';
import { batchSpans } from '../tracing/batch-spans.js';

/** What an operator decides about the shop. */
export interface ShopSettings {
  /** How long an order's stock and coupon are held for its payment. */
  readonly orderHoldSeconds: number;
  /** IANA name of the zone whose calendar days the sales are counted by. */
  readonly salesTimeZone: string;
  /** Whether what the desks do is traced; unless told otherwise, it is not. */
  readonly isTraced?: boolean;
}

/** SQLite works while we wait: a larger batch would hold up every other request of the process for too long. */
const MAX_BATCH_EMBEDDED = 64;
/** A server takes so much work at a time that its cost for each command is near the least, and still answers soon. */
const MAX_BATCH = 256;
const MAX_READS = 256;

/**
 * Sales records counted in one transaction: as above, and a server holds up nobody with more. The more there are, the more
 * of them share a daily sum, which is then written once.
 */
const COUNT_AT_ONCE_EMBEDDED = 1_000;
const COUNT_AT_ONCE = 10_000;

/** More waiting orders and payments than this would be answered too late to be of use: about a second's work. */
const MAX_ORDERS_QUEUED = 2_048;
/** While orders have to wait for so long, new ones are refused, though payments are not. */
const MAX_ORDER_WAIT_MS = 300;
/** No customer may have more than a part of that. */
const MAX_ORDERS_QUEUED_EACH = 512;
/** A rush for coupons comes all at once, and most of it is answered at once: there are none left. */
const MAX_COUPONS_QUEUED = 20_000;
const MAX_QUEUED = 10_000;

/** The policy of a shop on this database: one process that owns a file gathers less into a batch. */
export const shopPolicy = (
  { orderHoldSeconds, salesTimeZone, isTraced = false }: ShopSettings,
  { isEmbedded }: Pick<Database, 'isEmbedded'>,
): ShopPolicy => ({
  orderHoldSeconds,
  salesCalendar: new SalesCalendar(salesTimeZone),
  countAtOnce: isEmbedded ? COUNT_AT_ONCE_EMBEDDED : COUNT_AT_ONCE,
  desk: {
    maxBatch: isEmbedded ? MAX_BATCH_EMBEDDED : MAX_BATCH,
    maxQueued: MAX_QUEUED,
    endOfTurn,
    stopwatch: () => performance.now(),
    ...(isTraced ? { tracer: batchSpans } : {}),
  },
  desks: {
    orders: {
      maxQueued: MAX_ORDERS_QUEUED,
      maxWaitMs: MAX_ORDER_WAIT_MS,
      maxQueuedEach: MAX_ORDERS_QUEUED_EACH,
    },
    coupons: { maxQueued: MAX_COUPONS_QUEUED },
    reads: { maxBatch: MAX_READS },
  },
});
