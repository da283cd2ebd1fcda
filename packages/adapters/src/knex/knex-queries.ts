import type { IdempotencyQueries, Queries } from '@jumun/application';
import type { Database } from './database.js';
import { KnexAuditQueries } from './knex-audit-queries.js';
import { KnexCatalogueQueries } from './knex-catalogue-queries.js';
import { KnexCouponQueries } from './knex-coupon-queries.js';
import { KnexDeliveryQueries } from './knex-delivery-queries.js';
import { findAnswers } from './knex-idempotency-repository.js';
import { KnexOrderQueries } from './knex-order-queries.js';
import { KnexSalesQueries } from './knex-sales-queries.js';
import { KnexRankingQueries, KnexStatisticsQueries } from './knex-statistics-queries.js';
import { KnexWalletQueries } from './knex-wallet-queries.js';

/** Every read of the shop, on the connections for reads. */
export class KnexQueries implements Queries {
  readonly wallets: KnexWalletQueries;
  readonly catalogue: KnexCatalogueQueries;
  readonly orders: KnexOrderQueries;
  readonly coupons: KnexCouponQueries;
  readonly sales: KnexSalesQueries;
  readonly rankings: KnexRankingQueries;
  readonly statistics: KnexStatisticsQueries;
  readonly deliveries: KnexDeliveryQueries;
  readonly idempotency: IdempotencyQueries;
  readonly audit: KnexAuditQueries;

  constructor(private readonly database: Database) {
    this.wallets = new KnexWalletQueries(database);
    this.catalogue = new KnexCatalogueQueries(database);
    this.orders = new KnexOrderQueries(database);
    this.coupons = new KnexCouponQueries(database);
    this.sales = new KnexSalesQueries(database);
    this.rankings = new KnexRankingQueries(database);
    this.statistics = new KnexStatisticsQueries(database);
    this.audit = new KnexAuditQueries(database);
    this.deliveries = new KnexDeliveryQueries(database);
    this.idempotency = {
      find: (keys) => database.read((session) => findAnswers(session, keys)),
    };
  }

  async ping(): Promise<void> {
    await this.database.read((session) => session.all('SELECT 1'));
  }
}
