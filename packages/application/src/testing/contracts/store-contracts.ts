import { auditQueriesContract } from './audit-queries.contract.js';
import { catalogueQueriesContract } from './catalogue-queries.contract.js';
import type { Contract, StoreHarness } from './contract.js';
import { couponCampaignRepositoryContract } from './coupon-campaign-repository.contract.js';
import { couponQueriesContract } from './coupon-queries.contract.js';
import { couponRepositoryContract } from './coupon-repository.contract.js';
import { deliveryRepositoryContract } from './delivery-repository.contract.js';
import { idempotencyQueriesContract } from './idempotency-queries.contract.js';
import { idempotencyRepositoryContract } from './idempotency-repository.contract.js';
import { orderQueriesContract } from './order-queries.contract.js';
import { orderRepositoryContract } from './order-repository.contract.js';
import { productRepositoryContract } from './product-repository.contract.js';
import { rankingQueriesContract } from './ranking-queries.contract.js';
import { reviewRepositoryContract } from './review-repository.contract.js';
import { salesQueriesContract } from './sales-queries.contract.js';
import { salesRepositoryContract } from './sales-repository.contract.js';
import { statisticsQueriesContract } from './statistics-queries.contract.js';
import { statisticsRepositoryContract } from './statistics-repository.contract.js';
import { stockRepositoryContract } from './stock-repository.contract.js';
import { unitOfWorkContract } from './unit-of-work.contract.js';
import { walletQueriesContract } from './wallet-queries.contract.js';
import { walletRepositoryContract } from './wallet-repository.contract.js';

/** Everything a store owes, by port. */
export const storeContracts: Readonly<Record<string, Contract<StoreHarness>>> = {
  UnitOfWork: unitOfWorkContract,
  OrderRepository: orderRepositoryContract,
  WalletRepository: walletRepositoryContract,
  CouponRepository: couponRepositoryContract,
  CouponCampaignRepository: couponCampaignRepositoryContract,
  ProductRepository: productRepositoryContract,
  StockRepository: stockRepositoryContract,
  ReviewRepository: reviewRepositoryContract,
  SalesRepository: salesRepositoryContract,
  DeliveryRepository: deliveryRepositoryContract,
  IdempotencyRepository: idempotencyRepositoryContract,
  StatisticsRepository: statisticsRepositoryContract,
  WalletQueries: walletQueriesContract,
  CatalogueQueries: catalogueQueriesContract,
  OrderQueries: orderQueriesContract,
  CouponQueries: couponQueriesContract,
  SalesQueries: salesQueriesContract,
  RankingQueries: rankingQueriesContract,
  StatisticsQueries: statisticsQueriesContract,
  AuditQueries: auditQueriesContract,
  IdempotencyQueries: idempotencyQueriesContract,
};
