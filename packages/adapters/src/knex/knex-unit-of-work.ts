import type { Transaction, UnitOfWork } from '@jumun/application';
import type { Database } from './database.js';
import { inTransaction } from './in-transaction.js';
import { KnexCouponCampaignRepository } from './knex-coupon-campaign-repository.js';
import { KnexCouponRepository } from './knex-coupon-repository.js';
import { KnexDeliveryRepository } from './knex-delivery-repository.js';
import { KnexIdempotencyRepository } from './knex-idempotency-repository.js';
import { KnexOrderRepository } from './knex-order-repository.js';
import { KnexProductRepository } from './knex-product-repository.js';
import { KnexReviewRepository } from './knex-review-repository.js';
import { KnexSalesRepository } from './knex-sales-repository.js';
import { KnexStatisticsRepository } from './knex-statistics-repository.js';
import { KnexStockRepository } from './knex-stock-repository.js';
import { KnexWalletRepository } from './knex-wallet-repository.js';
import { pause } from './pause.js';
import type { SqlSession } from './sql-session.js';

/** How often a work is tried before its last fault is thrown. */
const ATTEMPTS = 5;
/** The longest pause before the second attempt, in milliseconds; it doubles with every further one. */
const FIRST_PAUSE_MS = 4;

/** What became of transactions since the unit of work was made. */
export interface UnitOfWorkCounts {
  readonly committed: number;
  /** Those that were given up; their work was not saved, or nobody knows. */
  readonly failed: number;
  /** Those that were run again. */
  readonly reruns: number;
}

/** Transactions on a pooled connection, run again as a whole where another one was in the way. */
export class KnexUnitOfWork implements UnitOfWork {
  private committed = 0;
  private failed = 0;
  private reruns = 0;

  constructor(private readonly database: Database) {}

  counts(): UnitOfWorkCounts {
    const { committed, failed, reruns } = this;
    return { committed, failed, reruns };
  }

  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { database } = this;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await database.write((session) =>
          inTransaction(session, database.dialect, () => work(transactionOn(session))),
        );
        this.committed += 1;
        return result;
      } catch (fault) {
        if (attempt === ATTEMPTS || database.dialect.faultOf(fault) !== 'RERUN') {
          this.failed += 1;
          throw fault;
        }
        this.reruns += 1;
        await pause(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  }
}

const transactionOn = (session: SqlSession): Transaction => ({
  orders: new KnexOrderRepository(session),
  wallets: new KnexWalletRepository(session),
  coupons: new KnexCouponRepository(session),
  campaigns: new KnexCouponCampaignRepository(session),
  products: new KnexProductRepository(session),
  stocks: new KnexStockRepository(session),
  reviews: new KnexReviewRepository(session),
  sales: new KnexSalesRepository(session),
  deliveries: new KnexDeliveryRepository(session),
  idempotency: new KnexIdempotencyRepository(session),
  statistics: new KnexStatisticsRepository(session),
});
