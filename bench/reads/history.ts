import type { Shop } from '@jumun/application';
import { Basket, type OrderId, productId, type Result, userId } from '@jumun/domain';

/** Who has bought what before the reads begin: customers 1 to `customers`, each so many orders of two products. */
export interface PastSize {
  readonly customers: number;
  readonly orders: number;
  /** Products 1 to this. */
  readonly products: number;
}

/** Ids of the paid orders of each customer, in the order of time; the first list is customer 1's. */
export type Past = readonly (readonly OrderId[])[];

const REVIEW = '배송이 빠르고 품질이 좋습니다. 다음에도 여기에서 사겠습니다.';

/** Lets the customers shop through the shop itself, so that the books are right; every order brings a review. */
export const shopBefore = (shop: Shop, size: PastSize): Promise<Past> =>
  Promise.all(
    Array.from({ length: size.customers }, async (_, at) => {
      const orders: OrderId[] = [];
      for (let order = 0; order < size.orders; order += 1) {
        orders.push(await buy(shop, at + 1, order, size.products));
      }
      return orders;
    }),
  );

/** Lets a customer buy and pay two products, picked by the numbers of customer and order, and write a review. */
export async function buy(
  shop: Shop,
  customer: number,
  order: number,
  products: number,
): Promise<OrderId> {
  const user = userId(customer);
  const [first, second] = [0, 1].map((line) =>
    productId(((customer * 7 + order * 2 + line) % products) + 1),
  ) as [ReturnType<typeof productId>, ReturnType<typeof productId>];
  const basket = granted(
    Basket.of([
      { productId: first, quantity: 1 },
      { productId: second, quantity: 2 },
    ]),
  );
  const placed = granted(await shop.placeOrder({ userId: user, basket, couponId: null }));
  const { id } = placed.answer;
  granted(await shop.payOrder({ userId: user, orderId: id, amount: null }));
  // A product that came round again has its review.
  if (order * 2 < products) {
    granted(
      await shop.writeReview({
        userId: user,
        productId: first,
        rating: 5 - (order % 5),
        text: REVIEW,
      }),
    );
  }
  return id;
}

function granted<T>(result: Result<T, { readonly code?: string }>): T {
  if (result.isErr()) throw new Error(`the past could not be made: ${result.error.code}`);
  return result.value;
}
