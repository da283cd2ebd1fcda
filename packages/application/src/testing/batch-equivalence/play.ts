import {
  afterDays,
  Basket,
  type CouponCampaignId,
  couponCampaignId,
  type CouponId,
  couponId,
  type OrderId,
  orderId,
  percent,
  type ProductId,
  productId,
  SalesCalendar,
  type UserId,
  userId,
  won,
} from '@jumun/domain';
import { accepted, NOON } from '@jumun/domain/testing';
import { CommandDesk, type DeskPorts } from '../../batching/command-desk.js';
import type { Answered, Idempotency, Refusal } from '../../batching/command.js';
import { registerProduct, restockProduct } from '../../catalogue/manage-products.js';
import { issueCoupon } from '../../coupon/issue-coupon.js';
import { endCampaign, growCampaign, openCampaign } from '../../coupon/manage-campaigns.js';
import { cancelOrder } from '../../order/cancel-order.js';
import { expireOrder } from '../../order/expire-order.js';
import { payOrder } from '../../order/pay-order.js';
import { placeOrder } from '../../order/place-order.js';
import type { Queries } from '../../ports/queries.js';
import { chargeWallet } from '../../wallet/charge-wallet.js';
import { ordersOf } from '../books/read-books.js';
import type { ManualClock } from '../doubles/manual-clock.js';
import { type Place, type Script, type Step, USERS } from './script.js';

/** A fresh, empty store and what a desk needs besides; the clock is set by the script. */
export interface BatchHarness extends Omit<DeskPorts, 'clock'> {
  readonly queries: Queries;
  /** Called when the harness is no longer needed. */
  close?(): Promise<void>;
}

/** What was asked, and what came of it. */
export interface Played {
  readonly step: Step;
  readonly outcome: { readonly answered: Answered<unknown> } | { readonly refused: Refusal };
}

/** What there is in a shop where a script was played. */
export interface Scene {
  readonly products: readonly ProductId[];
  readonly campaigns: readonly CouponCampaignId[];
  /** Pieces ever put on the shelf, by product. */
  readonly shelved: Map<number, number>;
}

export const CUSTOMERS = Array.from({ length: USERS }, (_, at) => userId(at + 1));

const NOWHERE = 999_999;
const HOLD_SECONDS = 900;
const CALENDAR = new SalesCalendar('Asia/Seoul');
const DESK = { maxBatch: 10_000, maxQueued: 10_000, endOfTurn: () => Promise.resolve() };

const placing = placeOrder({ orderHoldSeconds: HOLD_SECONDS });
const paying = payOrder(CALENDAR);
const cancelling = cancelOrder(CALENDAR);

/** Plays scripts at a desk over one store. */
export class Player {
  private readonly desk: CommandDesk;
  private readonly scene: Scene = { products: [], campaigns: [], shelved: new Map() };

  constructor(
    private readonly harness: BatchHarness,
    clock: ManualClock,
  ) {
    this.desk = new CommandDesk({ ...harness, clock }, DESK);
  }

  get batches(): number {
    return this.desk.counts().batches;
  }

  async open({ products, campaigns, charges }: Script): Promise<Scene> {
    const registered: ProductId[] = [];
    for (const { price, stock } of products) {
      const product = { name: '상품', description: '', category: '전부', price: won(price), stock };
      const { id } = accepted(await this.desk.submit(registerProduct, product)).answer;
      registered.push(id);
      this.scene.shelved.set(id, stock);
    }
    const opened: CouponCampaignId[] = [];
    for (const { discountRate, totalQuantity } of campaigns) {
      const terms = {
        name: '쿠폰 이벤트',
        discountRate: percent(discountRate),
        totalQuantity,
        startsAt: NOON,
        endsAt: afterDays(NOON, 1),
        couponValidDays: 7,
      };
      opened.push(accepted(await this.desk.submit(openCampaign, terms)).answer.id);
    }
    for (const [at, amount] of charges.entries()) {
      accepted(await this.desk.submit(chargeWallet, { userId: userId(at + 1), amount }));
    }
    return Object.assign(this.scene, { products: registered, campaigns: opened });
  }

  async oneByOne(steps: readonly Step[]): Promise<readonly Played[]> {
    const played: Played[] = [];
    for (const step of steps) played.push(...(await this.together([step])));
    return played;
  }

  /** All at once. Things are named by their places in line before the first step. */
  async together(steps: readonly Step[]): Promise<readonly Played[]> {
    return this.submitTogether(steps, await this.lines());
  }

  /** One after another, with things named as {@link together} would. */
  async inTurn(steps: readonly Step[]): Promise<readonly Played[]> {
    const lines = await this.lines();
    const played: Played[] = [];
    for (const step of steps) played.push(...(await this.submitTogether([step], lines)));
    return played;
  }

  private submitTogether(steps: readonly Step[], lines: Lines): Promise<readonly Played[]> {
    return Promise.all(
      steps.map(async (step) => {
        const result = await this.submit(step, lines);
        if (result.isErr()) return { step, outcome: { refused: result.error } };
        const { act } = step;
        if (act.does === 'restock' && !result.value.replayed) {
          const id = lines.product(act.product);
          this.scene.shelved.set(id, (this.scene.shelved.get(id) ?? 0) + act.quantity);
        }
        return { step, outcome: { answered: result.value } };
      }),
    );
  }

  private submit({ act, key }: Step, lines: Lines) {
    const customer = userId(act.user + 1);
    const idempotency: Idempotency | null =
      key === null ? null : { userId: customer, key, fingerprint: JSON.stringify(act) };
    switch (act.does) {
      case 'charge': {
        const command = { userId: customer, amount: act.amount };
        return this.desk.submit(chargeWallet, command, idempotency);
      }
      case 'place': {
        const wishes = act.items.map((item) => ({
          ...item,
          productId: lines.product(item.product),
        }));
        const coupon = act.coupon === null ? null : lines.coupon(customer, act.coupon);
        const basket = accepted(Basket.of(wishes));
        const command = { userId: customer, basket, couponId: coupon };
        return this.desk.submit(placing, command, idempotency);
      }
      case 'pay': {
        const command = {
          userId: customer,
          orderId: lines.order(customer, act.order),
          amount: act.amount,
        };
        return this.desk.submit(paying, command, idempotency);
      }
      case 'cancel': {
        const command = { userId: customer, orderId: lines.order(customer, act.order) };
        return this.desk.submit(cancelling, command, idempotency);
      }
      case 'expire':
        return this.desk.submit(
          expireOrder,
          { orderId: lines.order(customer, act.order) },
          idempotency,
        );
      case 'restock': {
        const command = { productId: lines.product(act.product), quantity: act.quantity };
        return this.desk.submit(restockProduct, command, idempotency);
      }
      case 'issue': {
        const command = { userId: customer, campaignId: lines.campaign(act.campaign) };
        return this.desk.submit(issueCoupon, command, idempotency);
      }
      case 'grow': {
        const command = { campaignId: lines.campaign(act.campaign), quantity: act.quantity };
        return this.desk.submit(growCampaign, command, idempotency);
      }
      case 'end':
        return this.desk.submit(
          endCampaign,
          { campaignId: lines.campaign(act.campaign) },
          idempotency,
        );
    }
  }

  /** Who stands where in which line now. */
  private async lines() {
    const { queries } = this.harness;
    const orders = new Map<UserId, readonly OrderId[]>();
    const coupons = new Map<UserId, readonly CouponId[]>();
    for (const customer of CUSTOMERS) {
      orders.set(customer, ascending(await ordersOf(queries, customer)));
      coupons.set(customer, ascending(await queries.coupons.ofUser(customer)));
    }
    const { products, campaigns } = this.scene;
    return {
      order: (customer: UserId, at: Place) =>
        find(orders.get(customer), at) ?? foreign(orders, customer) ?? orderId(NOWHERE),
      coupon: (customer: UserId, at: Place) =>
        at === 'NOWHERE'
          ? (foreign(coupons, customer) ?? couponId(NOWHERE))
          : (find(coupons.get(customer), at) ?? null),
      product: (at: Place) => find(products, at) ?? productId(NOWHERE),
      campaign: (at: Place) => find(campaigns, at) ?? couponCampaignId(NOWHERE),
    };
  }
}

const find = <Id>(line: readonly Id[] | undefined, at: Place): Id | undefined =>
  at === 'NOWHERE' || line === undefined ? undefined : line[at % line.length];

/** The first thing that somebody else has. */
const foreign = <Id>(lines: ReadonlyMap<UserId, readonly Id[]>, customer: UserId): Id | undefined =>
  [...lines].flatMap(([owner, line]) => (owner === customer ? [] : line))[0];

const ascending = <Id extends number>(rows: readonly { readonly id: Id }[]): readonly Id[] =>
  rows.map(({ id }) => id).toSorted((a, b) => a - b);

type Lines = Awaited<ReturnType<Player['lines']>>;
