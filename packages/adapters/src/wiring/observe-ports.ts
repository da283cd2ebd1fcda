import type { Container } from 'inversify';
import { DELIVERY_METRICS } from '../metrics/delivery-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import { SHOP_METRICS } from '../metrics/shop-metrics.js';
import {
  CACHE_METRICS,
  DATABASE_METRICS,
  REDIS_METRICS,
  TRANSACTION_METRICS,
} from '../metrics/store-metrics.js';
import { cachesOf, connectionsOf } from './port-figures.js';
import { TOKENS } from './tokens.js';

/** Shows what the shop of a container and its ports count. */
export function observePorts(container: Container, metrics: Metrics): void {
  const database = container.get(TOKENS.database);
  const unitOfWork = container.get(TOKENS.unitOfWork);
  const shop = container.get(TOKENS.shop);
  metrics.add(SHOP_METRICS, () => shop.counts());
  metrics.add(DATABASE_METRICS, () => database.counts());
  metrics.add(TRANSACTION_METRICS, () => unitOfWork.counts());
  const redis = container.isBound(TOKENS.redis) ? container.get(TOKENS.redis) : undefined;
  metrics.add(CACHE_METRICS, () => cachesOf(container, redis));
  metrics.add(REDIS_METRICS, () => connectionsOf(redis));
  if (!container.isBound(TOKENS.relay)) return;
  const relay = container.get(TOKENS.relay);
  metrics.add(DELIVERY_METRICS, () => relay.counts());
}
