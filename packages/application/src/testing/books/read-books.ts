import type {
  CouponCampaignId,
  CouponSnapshot,
  OrderSnapshot,
  ProductId,
  UserId,
  WalletEntry,
} from '@jumun/domain';
import type { Delivery } from '../../delivery/delivery.js';
import type { Queries } from '../../ports/queries.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import type { BooksAudit } from './books-audit.js';
import { auditedCoupon, auditedOrder, auditedStock, type Shelved } from './in-memory-books.js';

/** Whose books are read. Ports list nothing without being told for whom. */
export interface BooksScope {
  readonly users: readonly UserId[];
  readonly products: readonly ProductId[];
  readonly campaigns: readonly CouponCampaignId[];
  readonly shelved: Shelved;
}

const PAGE = 500;

/** The books of any store, read through its ports. Sales records cannot be read one by one: `sales` is null. */
export async function readBooks(
  { unitOfWork, queries }: { readonly unitOfWork: UnitOfWork; readonly queries: Queries },
  { users, products, campaigns, shelved }: BooksScope,
): Promise<BooksAudit> {
  const stocks = await unitOfWork.run((tx) => tx.stocks.lockMany(products));
  const opened = await unitOfWork.run((tx) => tx.campaigns.lockMany(campaigns));
  const wallets = await queries.wallets.findMany(users);
  const entries: WalletEntry[] = [];
  const orders: OrderSnapshot[] = [];
  const coupons: CouponSnapshot[] = [];
  for (const user of users) {
    entries.push(...(await ledgerOf(queries, user)));
    orders.push(...(await ordersOf(queries, user)));
    coupons.push(...(await queries.coupons.ofUser(user)));
  }
  const ids = new Set(orders.map(({ id }) => id));
  return {
    stocks: [...stocks.values()].map((stock) => auditedStock(stock.toSnapshot(), shelved)),
    wallets: [...wallets.values()],
    entries,
    orders: orders.map(auditedOrder),
    coupons: coupons.map(auditedCoupon),
    campaigns: [...opened.values()].map((campaign) => campaign.toSnapshot()),
    sales: null,
    sums: null,
    deliveries: (await deliveriesOf(queries)).filter(({ orderId }) => ids.has(orderId)),
  };
}

export async function ledgerOf(queries: Queries, user: UserId): Promise<readonly WalletEntry[]> {
  const ledger: WalletEntry[] = [];
  for (;;) {
    const page = await queries.wallets.entries(user, ledger.at(-1)?.sequence ?? null, PAGE);
    ledger.push(...page);
    if (page.length < PAGE) return ledger;
  }
}

export async function deliveriesOf(queries: Queries): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  for (;;) {
    const page = await queries.deliveries.list(null, deliveries.at(-1)?.id ?? null, PAGE);
    deliveries.push(...page);
    if (page.length < PAGE) return deliveries;
  }
}

export async function ordersOf(queries: Queries, user: UserId): Promise<readonly OrderSnapshot[]> {
  const orders: OrderSnapshot[] = [];
  for (;;) {
    const page = await queries.orders.list(user, orders.at(-1) ?? null, PAGE);
    orders.push(...page);
    if (page.length < PAGE) return orders;
  }
}
