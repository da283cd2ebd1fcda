import {
  type CouponCampaignId,
  type CouponStatus,
  err,
  ok,
  type OrderId,
  type ProductId,
  type ProductNotFound,
  type Result,
  type SalesCalendar,
  type UserId,
  type WalletEntry,
  type WalletSnapshot,
} from '@jumun/domain';
import { booksViewOf, type BooksView } from './audit/books-view.js';
import { AcceptedTally, type AcceptedCounts } from './batching/accepted-tally.js';
import { findAnswers, replay } from './batching/answer-book.js';
import type { BatcherCounts, BatcherOptions, ServiceBusy } from './batching/batcher.js';
import { CommandDesk, type DeskPorts } from './batching/command-desk.js';
import type {
  Answered,
  CommandHandler,
  Idempotency,
  IdempotencyKeyReused,
  Refusal,
} from './batching/command.js';
import { ReadDesk } from './batching/read-desk.js';
import { remembered } from './batching/remembered.js';
import { singleFlight } from './batching/single-flight.js';
import { findAlternatives } from './catalogue/find-alternatives.js';
import {
  type RegisterProduct,
  registerProduct,
  type RestockProduct,
  restockProduct,
  type ReviseProduct,
  reviseProduct,
} from './catalogue/manage-products.js';
import { listShelves, type ShelfList } from './catalogue/list-shelves.js';
import type { ProductDetails, ReviewView } from './catalogue/product-view.js';
import {
  detailsKey,
  listProducts,
  listReviews,
  type ProductList,
  readProduct,
} from './catalogue/read-products.js';
import { type WriteReview, writeReview } from './catalogue/write-review.js';
import type { CampaignView, OperatorCampaignView } from './coupon/campaign-view.js';
import type { CouponView } from './coupon/coupon-view.js';
import { type IssueCoupon, issueCoupon, type IssueCouponRefusal } from './coupon/issue-coupon.js';
import {
  type EndCampaign,
  endCampaign,
  type GrowCampaign,
  growCampaign,
  type OpenCampaign,
  openCampaign,
} from './coupon/manage-campaigns.js';
import { listCampaigns, listCoupons, listRunningCampaigns } from './coupon/read-coupons.js';
import { SoldOutLatch } from './coupon/sold-out-latch.js';
import { BacklogGauge, type MeasuredBacklog } from './delivery/backlog-gauge.js';
import type { DeliveryId, DeliveryStatus } from './delivery/delivery.js';
import { DeliveryBell } from './delivery/delivery-bell.js';
import { type DeliveryView, listDeliveries } from './delivery/read-deliveries.js';
import { type DeliveryReplay, replayDeliveries } from './delivery/replay-deliveries.js';
import { forgetAnswers } from './idempotency/forget-answers.js';
import { type CancelOrder, cancelOrder } from './order/cancel-order.js';
import { expireOrders } from './order/expire-order.js';
import { offerAlternatives, type OutOfStockOffer } from './order/offer-alternatives.js';
import type { OrderView } from './order/order-view.js';
import { type OrderNotFound, type PayOrder, payOrder } from './order/pay-order.js';
import {
  type ItemsOutOfStock,
  type PlaceOrder,
  placeOrder,
  type PlaceOrderRefusal,
} from './order/place-order.js';
import { listOrders, readOrder } from './order/read-orders.js';
import { type OperatorOrderView, searchOrders } from './order/search-orders.js';
import type { Page } from './page.js';
import type { Cache } from './ports/cache.js';
import type { EventBus } from './ports/event-bus.js';
import type { IdempotencyKey, RememberedAnswer } from './ports/repositories.js';
import type {
  DeliveryBacklog,
  OrderPlace,
  OrderPosition,
  OrderSearch,
  ProductSearch,
  Queries,
  ReviewPosition,
  ShelfProduct,
} from './ports/queries.js';
import {
  PopularBoard,
  type PopularChange,
  type PopularCounts,
} from './statistics/popular-board.js';
import type { PopularQuery, PopularView } from './statistics/popular-view.js';
import { rebuildStatistics, type StatisticsRebuild } from './statistics/rebuild-statistics.js';
import { type RollUp, rollUpSales, type StatisticsPolicy } from './statistics/roll-up-sales.js';
import { type ChargeWallet, chargeWallet } from './wallet/charge-wallet.js';
import { listWalletEntries, readWallet, type WalletView } from './wallet/read-wallet.js';

export interface ShopPorts extends DeskPorts {
  readonly queries: Queries;
  readonly cache: Cache;
  readonly events: EventBus;
}

export interface ShopPolicy {
  /** How long an order's stock and coupon are held for its payment. */
  readonly orderHoldSeconds: number;
  /** Whose calendar days the sales are counted by. */
  readonly salesCalendar: SalesCalendar;
  /** Of every desk. */
  readonly desk: BatcherOptions;
  /** Where a desk differs. */
  readonly desks?: Readonly<Partial<Record<DeskName, Partial<BatcherOptions>>>>;
  /** How many sales records are counted in one transaction; 1,000 unless told otherwise. */
  readonly countAtOnce?: number;
}

/** `reads`: those that are answered together. */
export type DeskName = 'orders' | 'coupons' | 'catalogue' | 'reads';

/** What the parts of a shop have done since it was made. */
export interface ShopCounts extends Readonly<
  Record<'orders' | 'coupons' | 'catalogue' | 'wallets' | 'stocks', BatcherCounts>
> {
  readonly popular: PopularCounts;
  /** What waits for the data platform, as it was when somebody last had it measured. */
  readonly backlog: MeasuredBacklog | null;
  readonly accepted: AcceptedCounts;
}

/** What a command comes to: its answer, its own refusals, or one of the two that any command can meet. */
export type CommandResult<Answer, Refused extends Refusal> = Promise<
  Result<Answered<Answer>, Refused | IdempotencyKeyReused | ServiceBusy>
>;

type Handled<Handler> =
  Handler extends CommandHandler<infer _Command, infer Answer, infer Refused>
    ? CommandResult<Answer, Refused>
    : never;

const MAX_ALTERNATIVES = 50;
const COUNT_AT_ONCE = 1_000;

/** Adding everything up takes a while where there is much: it may keep a database busy for a twentieth of the time. */
const BOOKS = { forMs: 5_000, restTimes: 20 };
const BACKLOG = { forMs: 1_000, restTimes: 20 };

/**
 * The whole shop: every use case over the ports it was given. Commands take an optional idempotency key; their refusals
 * are told by the handlers' own types. There are three desks, so that a rush for coupons does not queue behind one for
 * orders, nor an operator behind either. They may need the same rows, and lock them in the same order.
 */
export class Shop {
  private readonly orderDesk: CommandDesk;
  private readonly couponDesk: CommandDesk;
  private readonly catalogueDesk: CommandDesk;
  private readonly wallets: ReadDesk<UserId, WalletSnapshot>;
  private readonly stocks: ReadDesk<ProductId, number>;
  private readonly answers: ReadDesk<IdempotencyKey, RememberedAnswer>;
  private readonly soldOut: SoldOutLatch;
  private readonly popular: PopularBoard;
  private readonly bell: DeliveryBell;
  private readonly backlogGauge: BacklogGauge;
  private readonly accepted = new AcceptedTally();
  private readonly books: () => Promise<BooksView>;
  private readonly backlog: () => Promise<DeliveryBacklog>;
  private readonly statistics: StatisticsPolicy;
  private readonly placing: ReturnType<typeof placeOrder>;
  private readonly paying: ReturnType<typeof payOrder>;
  private readonly cancelling: ReturnType<typeof cancelOrder>;
  private readonly issuing: typeof issueCoupon;
  private readonly alternativesTo: (
    id: ProductId,
  ) => Promise<Result<readonly ShelfProduct[], ProductNotFound>>;

  constructor(
    private readonly ports: ShopPorts,
    policy: ShopPolicy,
  ) {
    const { queries, clock, events } = ports;
    const { salesCalendar: calendar } = policy;
    const options = (desk: DeskName): BatcherOptions => ({
      name: desk,
      ...policy.desk,
      ...policy.desks?.[desk],
    });
    this.orderDesk = new CommandDesk(ports, options('orders'));
    this.couponDesk = new CommandDesk(ports, options('coupons'));
    this.catalogueDesk = new CommandDesk(ports, options('catalogue'));
    this.wallets = new ReadDesk((ids) => queries.wallets.findMany(ids), options('reads'));
    this.answers = new ReadDesk((keys) => findAnswers(queries.idempotency, keys), options('reads'));
    this.stocks = new ReadDesk((ids) => queries.catalogue.stocks(ids), options('reads'));
    this.soldOut = new SoldOutLatch(events);
    this.bell = new DeliveryBell(events, clock);
    this.backlogGauge = new BacklogGauge(ports);
    this.books = remembered(
      async () => {
        const now = clock.now();
        return booksViewOf(await queries.audit.totals(now), now);
      },
      { clock, ...BOOKS },
    );
    this.backlog = remembered(() => queries.deliveries.backlog(), { clock, ...BACKLOG });
    this.popular = new PopularBoard({
      ...ports,
      ...queries,
      calendar,
      stopwatch: policy.desk.stopwatch,
    });
    this.statistics = {
      calendar,
      batch: policy.countAtOnce ?? COUNT_AT_ONCE,
      pause: policy.desk.endOfTurn,
    };
    this.placing = placeOrder(policy);
    this.paying = payOrder(calendar);
    this.cancelling = cancelOrder(calendar);
    // A crowd may wait already when the first of it hears that none are left.
    const foresee: typeof issueCoupon.foresee = ({ campaignId }, now) =>
      this.soldOut.refusal(campaignId, now);
    this.issuing = { ...issueCoupon, foresee };
    const finding = { catalogue: queries.catalogue, sales: queries.sales, clock, calendar };
    this.alternativesTo = singleFlight((id) => findAlternatives(finding, id, MAX_ALTERNATIVES));
  }

  // Wallet

  readWallet(userId: UserId): Promise<Result<WalletView, ServiceBusy>> {
    return readWallet(this.wallets, this.ports.clock, userId);
  }

  listWalletEntries(
    userId: UserId,
    before: number | null,
    limit: number,
  ): Promise<Page<WalletEntry, number>> {
    return listWalletEntries(this.ports.queries.wallets, userId, before, limit);
  }

  async chargeWallet(command: ChargeWallet, key?: Idempotency): Handled<typeof chargeWallet> {
    const charged = await this.orderDesk.submit(chargeWallet, command, key);
    return this.accepted.note('chargeWallet', charged);
  }

  // Catalogue

  listProducts(search: ProductSearch, page: number, size: number): Promise<ProductList> {
    return listProducts(this.ports.queries.catalogue, search, page, size);
  }

  /** The catalogue with all its pieces, the reserved ones too. */
  listShelves(search: ProductSearch, page: number, size: number): Promise<ShelfList> {
    return listShelves(this.ports.queries.catalogue, search, page, size);
  }

  readProduct(id: ProductId): Promise<Result<ProductDetails, ProductNotFound | ServiceBusy>> {
    return readProduct(this.ports.queries.catalogue, this.ports.cache, this.stocks, id);
  }

  /** Up to `limit` products in stock to order instead, best first; at most 50. */
  async listAlternatives(
    id: ProductId,
    limit: number,
  ): Promise<Result<readonly ShelfProduct[], ProductNotFound>> {
    return (await this.alternativesTo(id)).map((products) => products.slice(0, limit));
  }

  listReviews(
    id: ProductId,
    after: ReviewPosition | null,
    limit: number,
  ): Promise<Result<Page<ReviewView, ReviewPosition>, ProductNotFound>> {
    return listReviews(this.ports.queries.catalogue, id, after, limit);
  }

  async writeReview(command: WriteReview, key?: Idempotency): Handled<typeof writeReview> {
    const written = await this.catalogueDesk.submit(writeReview, command, key);
    if (written.isOk()) await this.forgetDetails(command.productId);
    return written;
  }

  registerProduct(command: RegisterProduct, key?: Idempotency): Handled<typeof registerProduct> {
    return this.catalogueDesk.submit(registerProduct, command, key);
  }

  async reviseProduct(command: ReviseProduct, key?: Idempotency): Handled<typeof reviseProduct> {
    const revised = await this.catalogueDesk.submit(reviseProduct, command, key);
    if (revised.isOk()) {
      const { productId } = command;
      await Promise.all([this.forgetDetails(productId), this.popular.forgetProduct(productId)]);
    }
    return revised;
  }

  restockProduct(command: RestockProduct, key?: Idempotency): Handled<typeof restockProduct> {
    return this.orderDesk.submit(restockProduct, command, key);
  }

  // Orders

  async placeOrder(
    command: PlaceOrder,
    key?: Idempotency,
  ): CommandResult<OrderView, Exclude<PlaceOrderRefusal, ItemsOutOfStock> | OutOfStockOffer> {
    const outcome = await this.orderDesk.submit(this.placing, command, key);
    const placed = this.accepted.note('placeOrder', outcome);
    if (placed.isOk()) return ok(placed.value);
    const refusal = placed.error;
    if (refusal.code !== 'OUT_OF_STOCK') return err(refusal);
    const offer = await offerAlternatives(refusal, async (id) =>
      (await this.alternativesTo(id)).unwrapOr([]),
    );
    return err(offer);
  }

  async payOrder(command: PayOrder, key?: Idempotency): Handled<ReturnType<typeof payOrder>> {
    const paid = await this.orderDesk.submit(this.paying, command, key);
    if (paid.isOk()) this.bell.ring();
    return this.accepted.note('payOrder', paid);
  }

  async cancelOrder(
    command: CancelOrder,
    key?: Idempotency,
  ): Handled<ReturnType<typeof cancelOrder>> {
    const cancelled = await this.orderDesk.submit(this.cancelling, command, key);
    if (cancelled.isOk() && cancelled.value.answer.paidAt !== null) this.bell.ring();
    return this.accepted.note('cancelOrder', cancelled);
  }

  readOrder(userId: UserId, orderId: OrderId): Promise<Result<OrderView, OrderNotFound>> {
    return readOrder(this.ports.queries.orders, this.ports.clock, userId, orderId);
  }

  listOrders(
    userId: UserId,
    after: OrderPosition | null,
    limit: number,
  ): Promise<Page<OrderView, OrderPosition>> {
    return listOrders(this.ports.queries.orders, this.ports.clock, userId, after, limit);
  }

  /** Orders of all customers, newest first, after the one named. */
  searchOrders(
    search: OrderSearch,
    after: OrderPlace | null,
    limit: number,
  ): Promise<Page<OperatorOrderView, OrderPlace>> {
    return searchOrders(this.ports.queries.orders, this.ports.clock, search, after, limit);
  }

  // Coupons

  /** A campaign known to be sold out answers from memory, unless the key may have been answered before. */
  async issueCoupon(
    command: IssueCoupon,
    key?: Idempotency,
  ): CommandResult<CouponView, IssueCouponRefusal> {
    const { campaignId } = command;
    const soldOut = this.soldOut.refusal(campaignId, this.ports.clock.now());
    if (soldOut !== undefined) return (await this.recall<CouponView>(key)) ?? err(soldOut);
    const version = this.soldOut.version(campaignId);
    const issued = await this.couponDesk.submit(this.issuing, command, key);
    if (issued.isErr() && issued.error.code === 'COUPON_EXHAUSTED') {
      this.soldOut.set(issued.error, version, this.ports.clock.now());
    }
    return this.accepted.note('issueCoupon', issued);
  }

  listCoupons(userId: UserId, status: CouponStatus | null): Promise<readonly CouponView[]> {
    return listCoupons(this.ports.queries.coupons, this.ports.clock, userId, status);
  }

  listRunningCampaigns(): Promise<readonly CampaignView[]> {
    return listRunningCampaigns(this.ports.queries.coupons, this.ports.clock);
  }

  /** All campaigns, past and coming ones too, newest first, after the one named. */
  listCampaigns(
    after: CouponCampaignId | null,
    limit: number,
  ): Promise<Page<OperatorCampaignView, CouponCampaignId>> {
    return listCampaigns(this.ports.queries.coupons, this.ports.clock, after, limit);
  }

  openCampaign(command: OpenCampaign, key?: Idempotency): Handled<typeof openCampaign> {
    return this.couponDesk.submit(openCampaign, command, key);
  }

  async growCampaign(command: GrowCampaign, key?: Idempotency): Handled<typeof growCampaign> {
    const grown = await this.couponDesk.submit(growCampaign, command, key);
    if (grown.isOk()) await this.announceCampaign(command.campaignId);
    return grown;
  }

  async endCampaign(command: EndCampaign, key?: Idempotency): Handled<typeof endCampaign> {
    const ended = await this.couponDesk.submit(endCampaign, command, key);
    if (ended.isOk()) await this.announceCampaign(command.campaignId);
    return ended;
  }

  // Statistics

  /** The popular products; what this process has already is answered from its memory, however many ask. */
  readPopular(query: PopularQuery): Promise<PopularView> {
    return this.popular.read(query);
  }

  /**
   * The popular products as this process has them, at once; undefined when somebody must wait for them. It is the same
   * object until its content may have changed.
   */
  peekPopular(query: PopularQuery): PopularView | undefined {
    return this.popular.peek(query);
  }

  /**
   * Looks for rankings that are newer than those that are shown, in case the news of them was lost, and replaces what is
   * asked for. Processes that show popular products do it now and then.
   */
  refreshPopular(): Promise<void> {
    return this.popular.refresh();
  }

  /** `watcher` hears of every ranking that this process shows in place of another one. Returns how to stop. */
  watchPopular(watcher: (change: PopularChange) => void): () => void {
    return this.popular.watch(watcher);
  }

  /** Counts all sales that were not counted yet, and makes the rankings anew where that or a new day changes them. */
  async rollUpSales(): Promise<RollUp> {
    const counted = await rollUpSales(this.ports, this.statistics);
    await this.popular.settled();
    return counted;
  }

  /** Adds all sales up again from the orders, puts right what was counted wrong, and makes the rankings anew. */
  rebuildStatistics(): Promise<StatisticsRebuild> {
    return rebuildStatistics(this.ports, this.statistics);
  }

  // Deliveries

  /** Messages to the data platform, newest first, after the one named; of one status, or of all. */
  listDeliveries(
    status: DeliveryStatus | null,
    after: DeliveryId | null,
    limit: number,
  ): Promise<Page<DeliveryView, DeliveryId>> {
    return listDeliveries(this.ports.queries.deliveries, status, after, limit);
  }

  /** Has the named messages sent again, DELIVERED ones too; with null, all that are FAILED. */
  async replayDeliveries(
    ids: readonly DeliveryId[] | null,
    key?: Idempotency,
  ): CommandResult<DeliveryReplay, never> {
    const replayed = await replayDeliveries(this.ports, ids, key);
    if (replayed.isOk()) this.bell.ring();
    return replayed;
  }

  /** Looks how much waits for the data platform, for {@link counts}: whether or not anybody sends it. */
  measureDeliveries(): Promise<void> {
    return this.backlogGauge.measure();
  }

  /** What the data platform has not been told yet: up to a second old, and older where counting it takes long. */
  readBacklog(): Promise<DeliveryBacklog> {
    return this.backlog();
  }

  // Books

  /** Everything added up, and whether it agrees: up to 5 seconds old, and older where adding it up takes long. */
  readBooks(): Promise<BooksView> {
    return this.books();
  }

  // Housekeeping

  /** Expires every order that was not paid in time; returns how many. */
  expireOrders(): Promise<number> {
    return expireOrders(this.orderDesk, this.ports.queries.orders, this.ports.clock);
  }

  /** Removes answers of idempotency keys older than 24 hours; returns how many. */
  forgetAnswers(): Promise<number> {
    return forgetAnswers(this.ports.unitOfWork, this.ports.clock);
  }

  /** Whether orders are refused now because too many wait: new ones, or also payments and cancellations. */
  isBusyWithOrders(begins: boolean): boolean {
    return this.orderDesk.isBusy(begins);
  }

  /** Whether requests for coupons are refused now because too many wait. */
  isBusyWithCoupons(): boolean {
    return this.couponDesk.isBusy(false);
  }

  /** What each desk has done, by its name, the popular products, what customers got done, and what waits to be delivered. */
  counts(): ShopCounts {
    return {
      orders: this.orderDesk.counts(),
      coupons: this.couponDesk.counts(),
      catalogue: this.catalogueDesk.counts(),
      wallets: this.wallets.counts(),
      stocks: this.stocks.counts(),
      popular: this.popular.counts(),
      backlog: this.backlogGauge.reading,
      accepted: this.accepted.counts(),
    };
  }

  /** Takes no more commands, and resolves when everything accepted is done. Reads go on. */
  async close(): Promise<void> {
    await Promise.all([
      this.orderDesk.close(),
      this.couponDesk.close(),
      this.catalogueDesk.close(),
    ]);
  }

  private async recall<Answer>(
    key: Idempotency | undefined,
  ): Promise<Result<Answered<Answer>, IdempotencyKeyReused | ServiceBusy> | null> {
    if (key === undefined) return null;
    const found = await this.answers.find(key);
    if (found.isErr()) return err(found.error);
    return found.value === undefined ? null : replay<Answer>(found.value, key);
  }

  private forgetDetails(id: ProductId): Promise<void> {
    return this.ports.cache.invalidate([detailsKey(id)]);
  }

  private announceCampaign(campaignId: CouponCampaignId): Promise<void> {
    return this.ports.events.publish({ type: 'CouponCampaignChanged', campaignId });
  }
}
