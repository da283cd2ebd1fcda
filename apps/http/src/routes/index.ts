import type { PlatformSimulator } from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import type { Authentication } from '../edge/authentication.js';
import type { Overview } from '../overview/overview.js';
import type { PopularAnswers } from '../popular/popular-answers.js';
import type { PopularEvents } from '../popular/popular-events.js';
import type { Rush } from '../rush/rush.js';
import { adminCampaignRoutes } from './admin-campaigns.js';
import { adminDeliveryRoutes } from './admin-deliveries.js';
import { adminProductRoutes } from './admin-products.js';
import { adminReadRoutes } from './admin-reads.js';
import { couponRoutes } from './coupons.js';
import { devPlatformRoutes } from './dev-platform.js';
import { devRushRoutes } from './dev-rush.js';
import { devTokenRoutes } from './dev-tokens.js';
import { documentationRoutes } from './documentation.js';
import { type FindDown, healthRoutes } from './health.js';
import { orderRoutes } from './orders.js';
import { pageRoutes, type PagesOptions } from './pages.js';
import { popularRoutes } from './popular.js';
import { problemPageRoutes } from './problem-pages.js';
import { productRoutes } from './products.js';
import { reviewRoutes } from './reviews.js';
import type { Route } from './route.js';
import { walletRoutes } from './wallet.js';

export interface Services {
  readonly shop: Shop;
  readonly authentication: Authentication;
  /** Whether tokens are to be had for the asking. */
  readonly devTokens: boolean;
  /** The platform that this process simulates. */
  readonly simulator?: PlatformSimulator;
  /** What plays a flash sale, where tokens are to be had for the asking. */
  readonly rush: Rush;
  readonly findDown: FindDown;
  readonly popularAnswers: PopularAnswers;
  readonly popularEvents: PopularEvents;
  /** Null: there are none. */
  readonly pages: PagesOptions | null;
  readonly overview: Overview;
}

/** Every route there is; a request is compared with one after the other, so those that a crowd wants stand first. */
export function routesOf(services: Services): readonly Route[] {
  const { pages } = services;
  const served = shopRoutes(services);
  const forPeople = pages === null ? [] : pageRoutes(pages);
  const documents = documentationRoutes(() => [...served, ...documents, ...forPeople]);
  return [...served, ...documents, ...forPeople];
}

const shopRoutes = (services: Services): readonly Route[] => [
  ...orderRoutes(services.shop),
  ...couponRoutes(services.shop),
  ...walletRoutes(services.shop),
  ...productRoutes(services.shop),
  ...popularRoutes(services.popularAnswers, services.popularEvents),
  ...reviewRoutes(services.shop),
  ...adminProductRoutes(services.shop),
  ...adminCampaignRoutes(services.shop),
  ...adminDeliveryRoutes(services.shop),
  ...adminReadRoutes(services.shop, services.overview),
  ...(services.devTokens ? devRoutes(services) : []),
  ...healthRoutes(services.findDown),
  ...problemPageRoutes(),
];

/** Where anybody may be anyone, anybody may also see what the simulated platform has received, and begin a flash sale. */
const devRoutes = ({ authentication, simulator, rush }: Services): readonly Route[] => [
  ...devTokenRoutes(authentication),
  ...devRushRoutes(rush),
  ...(simulator === undefined ? [] : devPlatformRoutes(simulator)),
];
