import {
  type OrderCompleted,
  orderId,
  paymentId,
  pieces,
  type ProductId,
  type Result,
  type Stock,
  type Wallet,
  walletEntryId,
  won,
} from '@jumun/domain';
import { instantOf } from './case.ts';
import { type Case, type Desk, HOLD_SECONDS, type Outcome, REFUSED } from './desk.ts';
import { MutableCoupon, MutableOrder, MutableStock, MutableWallet } from './mutable-twin.ts';

const ONE = pieces(1);
const AMOUNT = won(1_000);

/** The twins, which change in place. */
export class MutableDesk implements Desk {
  private readonly stocks: Map<ProductId, MutableStock>;
  private readonly first: ProductId;
  private readonly wallet: MutableWallet;
  private readonly coupon: MutableCoupon;
  private readonly given: Case;
  private turnover = 0;

  constructor(given: Case, stocks: readonly Stock[], wallet: Wallet) {
    const { userId, balance, entries, updatedAt } = wallet.toSnapshot();
    this.given = given;
    this.wallet = new MutableWallet(userId, balance, entries, updatedAt);
    this.coupon = new MutableCoupon(given.coupon.toSnapshot());
    const twins = stocks.map((stock) => new MutableStock(stock.productId, stock.available));
    this.stocks = new Map(twins.map((stock) => [stock.productId, stock]));
    [this.first] = [...this.stocks.keys()] as [ProductId];
  }

  buy(at: number): OrderCompleted {
    const now = instantOf(at);
    const order = this.place(at);
    const { id, lines, total } = order;
    check(this.coupon.reserve(id, now));
    for (const { productId, quantity } of lines) check(this.stock(productId).reserve(quantity));
    check(this.wallet.afford(total));
    const event = check(order.pay(paymentId(at), null, now));
    check(this.wallet.pay(total, { entryId: walletEntryId(at), orderId: id, at: now }));
    for (const { productId, quantity } of lines) this.stock(productId).post(quantity);
    this.coupon.use(id, now);
    this.coupon.restore();
    this.turnover += total;
    return event;
  }

  sellPiece(): void {
    const stock = this.stock(this.first);
    check(stock.reserve(ONE));
    stock.post(ONE);
  }

  chargeAndPay(at: number): void {
    const posting = { entryId: walletEntryId(at), orderId: null, at: instantOf(at) };
    check(this.wallet.charge(AMOUNT, posting));
    check(this.wallet.pay(AMOUNT, { ...posting, orderId: orderId(at) }));
  }

  useCoupon(at: number): void {
    const now = instantOf(at);
    const id = orderId(at);
    check(this.coupon.reserve(id, now));
    this.coupon.use(id, now);
    this.coupon.restore();
  }

  placeAndPay(at: number): OrderCompleted {
    return check(this.place(at).pay(paymentId(at), null, instantOf(at)));
  }

  outcome(): Outcome {
    const stocks = [...this.stocks.values()];
    return {
      balance: this.wallet.balance,
      entries: this.wallet.entries,
      onHand: stocks.reduce((sum, { onHand }) => sum + onHand, 0),
      reserved: stocks.reduce((sum, { reserved }) => sum + reserved, 0),
      turnover: this.turnover,
    };
  }

  private place(at: number): MutableOrder {
    const { basket, products } = this.given;
    const { wallet, coupon } = this;
    const terms = { id: orderId(at), userId: wallet.userId, basket, products, coupon };
    return check(MutableOrder.place({ ...terms, now: instantOf(at), holdSeconds: HOLD_SECONDS }));
  }

  private stock(id: ProductId): MutableStock {
    const stock = this.stocks.get(id);
    if (stock === undefined) throw new Error(REFUSED);
    return stock;
  }
}

function check<T, E>(result: Result<T, E>): T {
  if (result.isErr()) throw new Error(REFUSED, { cause: result.error });
  return result.value;
}
