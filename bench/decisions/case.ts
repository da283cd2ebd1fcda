import {
  Basket,
  Coupon,
  couponCampaignId,
  couponId,
  type Instant,
  instant,
  percent,
  Product,
  productId,
  Stock,
  userId,
  Wallet,
  won,
} from '@jumun/domain';
import { type Case, REFUSED } from './desk.ts';

const NOON = Date.UTC(2024, 0, 17, 3);
const LINES = [101, 102, 103, 104, 105];
const PIECES = 900_000_000;
const RICH = 900_000_000;
const CUSTOMER = userId(1);

/** A moment for each order, a millisecond apart, while the coupon is good. */
export const instantOf = (at: number): Instant => instant(NOON + (at % 1_000_000));

/** An order of five products with a coupon of 10 %. It is cheap, so that the wallet lasts. */
export function aCase(): Case {
  const basket = Basket.of(
    LINES.map((id) => ({ productId: productId(id), quantity: 1 + (id % 2) })),
  );
  if (basket.isErr()) throw new Error(REFUSED);
  const texts = { name: '무선 마우스', description: '', category: '마우스' };
  const products = LINES.map((id) =>
    Product.rehydrate({ id: productId(id), ...texts, price: won(1 + (id % 10)) }),
  );
  const coupon = Coupon.issue({
    id: couponId(3001),
    campaignId: couponCampaignId(501),
    userId: CUSTOMER,
    issueNumber: 1,
    discountRate: percent(10),
    issuedAt: instant(NOON),
    expiresAt: instant(NOON + 86_400_000),
  });
  return {
    basket: basket.value,
    products: new Map(products.map((each) => [each.id, each])),
    coupon,
  };
}

export const someStocks = (): readonly Stock[] =>
  LINES.map((id) => Stock.open(productId(id), PIECES));

/** A wallet after one charge and many refunds: a charge alone does not make anybody that rich. */
export const aRichWallet = (): Wallet =>
  Wallet.rehydrate({ userId: CUSTOMER, balance: won(RICH), entries: 1, updatedAt: instant(NOON) });
