import {
  type Coupon,
  Order,
  type OrderCompleted,
  orderId,
  paymentId,
  pieces,
  type ProductId,
  type Result,
  type Stock,
  type UserId,
  type Wallet,
  walletEntryId,
  won,
} from '@jumun/domain';
import { instantOf } from './case.ts';
import { type Case, type Desk, HOLD_SECONDS, type Outcome, REFUSED } from './desk.ts';

const ONE = pieces(1);
const AMOUNT = won(1_000);

/** The aggregates of the domain: each decision gives the next one, which takes the place of the one before. */
export class ImmutableDesk implements Desk {
  private readonly stocks: Map<ProductId, Stock>;
  private readonly first: ProductId;
  private readonly userId: UserId;
  private turnover = 0;
  private readonly given: Case;
  private wallet: Wallet;

  constructor(given: Case, stocks: readonly Stock[], wallet: Wallet) {
    this.given = given;
    this.wallet = wallet;
    this.userId = wallet.userId;
    this.stocks = new Map(stocks.map((stock) => [stock.productId, stock]));
    [this.first] = [...this.stocks.keys()] as [ProductId];
  }

  buy(at: number): OrderCompleted {
    const now = instantOf(at);
    const { coupon } = this.given;
    const placed = this.place(at);
    const held = valueOf(coupon.reserve(placed.id, now));
    for (const { productId, quantity } of placed.lines) {
      this.stocks.set(productId, valueOf(this.stock(productId).reserve(quantity)));
    }
    valueOf(this.wallet.afford(placed.total));
    const { next, event } = valueOf(placed.pay({ paymentId: paymentId(at), amount: null, now }));
    const { total } = event;
    const posting = { entryId: walletEntryId(at), orderId: next.id, amount: total, at: now };
    this.wallet = valueOf(this.wallet.pay(posting)).next;
    for (const { productId, quantity } of next.lines) {
      this.stocks.set(productId, this.stock(productId).post(quantity));
    }
    this.used(held.use(next.id, now));
    this.turnover += total;
    return event;
  }

  sellPiece(): void {
    this.stocks.set(this.first, valueOf(this.stock(this.first).reserve(ONE)).post(ONE));
  }

  chargeAndPay(at: number): void {
    const now = instantOf(at);
    const charge = { entryId: walletEntryId(at), amount: AMOUNT, at: now };
    const payment = { ...charge, orderId: orderId(at) };
    this.wallet = valueOf(valueOf(this.wallet.charge(charge)).next.pay(payment)).next;
  }

  useCoupon(at: number): void {
    const now = instantOf(at);
    const id = orderId(at);
    this.used(valueOf(this.given.coupon.reserve(id, now)).use(id, now));
  }

  placeAndPay(at: number): OrderCompleted {
    const payment = { paymentId: paymentId(at), amount: null, now: instantOf(at) };
    return valueOf(this.place(at).pay(payment)).event;
  }

  outcome(): Outcome {
    const snapshots = [...this.stocks.values()].map((stock) => stock.toSnapshot());
    const { balance, entries } = this.wallet.toSnapshot();
    return {
      balance,
      entries,
      onHand: snapshots.reduce((sum, { onHand }) => sum + onHand, 0),
      reserved: snapshots.reduce((sum, { reserved }) => sum + reserved, 0),
      turnover: this.turnover,
    };
  }

  private place(at: number): Order {
    const { basket, products, coupon } = this.given;
    const [id, now] = [orderId(at), instantOf(at)];
    const terms = { id, userId: this.userId, basket, products, coupon, now };
    return valueOf(Order.place({ ...terms, holdSeconds: HOLD_SECONDS })).next;
  }

  private stock(id: ProductId): Stock {
    const stock = this.stocks.get(id);
    if (stock === undefined) throw new Error(REFUSED);
    return stock;
  }

  /** Nobody keeps it; it is looked at so that it is really made. */
  private used(coupon: Coupon): void {
    if (coupon.userId !== this.userId) throw new Error(REFUSED);
  }
}

function valueOf<T, E>(result: Result<T, E>): T {
  if (result.isErr()) throw new Error(REFUSED, { cause: result.error });
  return result.value;
}
