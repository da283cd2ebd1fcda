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

/** Transactions on a pooled connection, run again as a whole where another one was in the way. */
export class KnexUnitOfWork implements UnitOfWork {
  constructor(private readonly database: Database) {}

  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { database } = this;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await database.write((session) =>
          inTransaction(session, database.dialect, () => work(transactionOn(session))),
        );
      } catch (fault) {
        if (attempt === ATTEMPTS || database.dialect.faultOf(fault) !== 'RERUN') throw fault;
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
