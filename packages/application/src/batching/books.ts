import {
  type Coupon,
  type CouponCampaign,
  type CouponCampaignId,
  type CouponId,
  type Instant,
  invariant,
  type Order,
  type OrderId,
  type Product,
  type ProductId,
  type Review,
  type Sale,
  type Stock,
  type UserId,
  Wallet,
  type WalletEntry,
} from '@jumun/domain';
import type { NewDelivery } from '../delivery/delivery.js';
import type { IdKind } from '../ports/id-source.js';
import type { CouponHolder, ProductCustomer, Repository } from '../ports/repositories.js';
import type { Transaction } from '../ports/unit-of-work.js';
import type { Claims } from './claims.js';
import { Shelf } from './shelf.js';
import type { IdSupply } from './spare-ids.js';

/** What a decision does to the books: aggregates new or changed, and what is appended. */
export interface Changes {
  readonly orders?: readonly Order[];
  readonly wallets?: readonly Wallet[];
  readonly walletEntries?: readonly WalletEntry[];
  readonly coupons?: readonly Coupon[];
  readonly campaigns?: readonly CouponCampaign[];
  readonly products?: readonly Product[];
  readonly stocks?: readonly Stock[];
  readonly reviews?: readonly Review[];
  readonly sales?: readonly Sale[];
  readonly deliveries?: readonly NewDelivery[];
}

const NO_ORDERS: ReadonlyMap<OrderId, Order> = new Map();

/** What was locked and loaded for a batch. */
interface Loaded {
  readonly orders: Shelf<OrderId, Order>;
  readonly wallets: Shelf<UserId, Wallet>;
  readonly coupons: Shelf<CouponId, Coupon>;
  readonly campaigns: Shelf<CouponCampaignId, CouponCampaign>;
  readonly products: Shelf<ProductId, Product>;
  readonly stocks: Shelf<ProductId, Stock>;
  readonly catalogue: ReadonlyMap<ProductId, Product>;
  readonly holders: Set<string>;
  readonly buyers: ReadonlySet<string>;
  readonly reviewers: Set<string>;
}

/**
 * Everything a batch has locked and loaded, as it stands after the commands decided so far. Commands read it and return
 * {@link Changes}; only the desk applies and saves them.
 */
export class Books {
  private readonly walletEntries: WalletEntry[] = [];
  private readonly sales: Sale[] = [];
  private readonly deliveries: NewDelivery[] = [];
  private readonly newReviews: Review[] = [];
  private readonly idsTaken = new Map<IdKind, number>();
  /** A kind for each id that the command at hand has taken. */
  private readonly taking: IdKind[] = [];

  private constructor(
    private readonly tx: Transaction,
    private readonly ids: IdSupply,
    private readonly loaded: Loaded,
  ) {}

  /** Locks and loads the orders that are claimed, and claims what hangs on them: that must be known before the rest. */
  static async lockOrders(tx: Transaction, claims: Claims): Promise<ReadonlyMap<OrderId, Order>> {
    const orders = await tx.orders.lockMany([...claims.orders]);
    for (const order of orders.values()) claimWhatHangsOn(order, claims);
    return orders;
  }

  /**
   * Locks and loads what is claimed beside the orders, which are locked before. All in all: orders → wallets → coupons → campaigns → products → stocks. The hottest rows come last,
   * after everything that is only read: a product that was found has a stock by then, and stocks are held no longer than
   * needed. Who holds a coupon is read under the lock of its campaign, where that is exact. Everything is asked for before
   * anything is awaited.
   */
  static async open(
    tx: Transaction,
    claims: Claims,
    ids: IdSupply,
    orders: ReadonlyMap<OrderId, Order> = NO_ORDERS,
  ): Promise<Books> {
    const [wallets, coupons, campaigns, holders, products, catalogue, buyers, reviewers, stocks] =
      await Promise.all([
        tx.wallets.lockMany([...claims.wallets]),
        tx.coupons.lockMany([...claims.coupons]),
        tx.campaigns.lockMany([...claims.campaigns]),
        tx.coupons.findHolders(claims.holders),
        tx.products.lockMany([...claims.products]),
        tx.products.findMany([...claims.catalogue]),
        tx.reviews.findBuyers(claims.buyers),
        tx.reviews.findReviewers(claims.buyers),
        tx.stocks.lockMany([...claims.stocks]),
      ]);
    return new Books(tx, ids, {
      orders: new Shelf(orders, ({ id }) => id),
      wallets: new Shelf(wallets, ({ userId }) => userId),
      coupons: new Shelf(coupons, ({ id }) => id),
      campaigns: new Shelf(campaigns, ({ id }) => id),
      products: new Shelf(products, ({ id }) => id),
      stocks: new Shelf(stocks, ({ productId }) => productId),
      catalogue,
      holders: new Set(holders.map(holderKey)),
      buyers: new Set(buyers.map(customerKey)),
      reviewers: new Set(reviewers.map(customerKey)),
    });
  }

  order(id: OrderId): Order | undefined {
    return this.loaded.orders.get(id);
  }

  /** The customer's wallet; an empty one for a customer never seen before. */
  wallet(userId: UserId, now: Instant): Wallet {
    return this.loaded.wallets.get(userId) ?? Wallet.open(userId, now);
  }

  coupon(id: CouponId): Coupon | undefined {
    return this.loaded.coupons.get(id);
  }

  campaign(id: CouponCampaignId): CouponCampaign | undefined {
    return this.loaded.campaigns.get(id);
  }

  /** A product that was claimed for a revision. */
  product(id: ProductId): Product | undefined {
    return this.loaded.products.get(id);
  }

  stock(id: ProductId): Stock | undefined {
    return this.loaded.stocks.get(id);
  }

  /** The products that were claimed for reading. */
  get shelf(): ReadonlyMap<ProductId, Product> {
    return this.loaded.catalogue;
  }

  holdsCoupon(holder: CouponHolder): boolean {
    return this.loaded.holders.has(holderKey(holder));
  }

  hasBought(customer: ProductCustomer): boolean {
    return this.loaded.buyers.has(customerKey(customer));
  }

  hasReviewed(customer: ProductCustomer): boolean {
    return this.loaded.reviewers.has(customerKey(customer));
  }

  /** An id that nothing else has. Throws when the command did not say beforehand that it needs one. */
  newId(kind: IdKind): number {
    const taken = this.idsTaken.get(kind) ?? 0;
    const id = this.ids.get(kind)?.[taken];
    invariant(id !== undefined, `no ${kind} id was set aside`);
    this.idsTaken.set(kind, taken + 1);
    this.taking.push(kind);
    return id;
  }

  /** The command at hand was refused: the ids that it has taken are there for the next one. */
  dismiss(): void {
    for (const kind of this.taking) this.idsTaken.set(kind, (this.idsTaken.get(kind) ?? 0) - 1);
    this.taking.length = 0;
  }

  /** Ids that no accepted command has taken. */
  unusedIds(): IdSupply {
    const unused = [...this.ids].map(
      ([kind, ids]) => [kind, ids.slice(this.idsTaken.get(kind) ?? 0)] as const,
    );
    return new Map(unused);
  }

  /** Puts on the books what an accepted command changes; the ids that it has taken are its own. */
  apply(changes: Changes): void {
    this.taking.length = 0;
    for (const order of changes.orders ?? []) this.loaded.orders.put(order);
    for (const wallet of changes.wallets ?? []) this.loaded.wallets.put(wallet);
    for (const campaign of changes.campaigns ?? []) this.loaded.campaigns.put(campaign);
    for (const product of changes.products ?? []) this.loaded.products.put(product);
    for (const stock of changes.stocks ?? []) this.loaded.stocks.put(stock);
    for (const coupon of changes.coupons ?? []) {
      this.loaded.coupons.put(coupon);
      this.loaded.holders.add(holderKey(coupon));
    }
    for (const review of changes.reviews ?? []) {
      this.newReviews.push(review);
      this.loaded.reviewers.add(customerKey(review));
    }
    this.walletEntries.push(...(changes.walletEntries ?? []));
    this.sales.push(...(changes.sales ?? []));
    this.deliveries.push(...(changes.deliveries ?? []));
  }

  /** Writes everything that was applied, a statement for each table, all of them together. */
  async save(): Promise<void> {
    const { tx, loaded } = this;
    await Promise.all([
      ...saveShelf(tx.orders, loaded.orders),
      ...saveShelf(tx.wallets, loaded.wallets),
      tx.wallets.appendEntries(this.walletEntries),
      ...saveShelf(tx.coupons, loaded.coupons),
      ...saveShelf(tx.campaigns, loaded.campaigns),
      ...saveShelf(tx.products, loaded.products),
      ...saveShelf(tx.stocks, loaded.stocks),
      tx.reviews.addMany(this.newReviews),
      tx.sales.append(this.sales),
      tx.deliveries.append(this.deliveries),
    ]);
  }
}

const saveShelf = <Id, Aggregate>(
  repository: Repository<Id, Aggregate>,
  shelf: Shelf<Id, Aggregate>,
): readonly Promise<void>[] => [
  repository.addMany(shelf.added()),
  repository.saveMany(shelf.changed()),
];

/** An order that is paid, cancelled or expired moves money, stock and perhaps a coupon. */
function claimWhatHangsOn(order: Order, claims: Claims): void {
  claims.wallets.add(order.userId);
  if (order.couponId !== null) claims.coupons.add(order.couponId);
  for (const { productId } of order.lines) claims.stocks.add(productId);
}

const holderKey = ({ campaignId, userId }: CouponHolder): string => `${campaignId}:${userId}`;

const customerKey = ({ productId, userId }: ProductCustomer): string => `${productId}:${userId}`;
