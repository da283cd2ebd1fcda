import type { Visit } from './visit.js';

// What a customer does in the shop, by what they read there.

/** Types an amount into the wallet's form, and charges it. */
export async function charge(visit: Visit, amount: number): Promise<void> {
  await visit.page.getByLabel(visit.say('충전할 금액', 'Amount to charge')).fill(String(amount));
  await visit.button('충전하기', 'Charge').click();
}

/** From anywhere: finds the product, and goes to its checkout. */
export async function buyNow(visit: Visit, product: string): Promise<void> {
  await visit.go('상품', 'Products');
  await visit.page.getByRole('main').getByRole('link', { name: product, exact: true }).click();
  await visit.page.getByRole('heading', { level: 1, name: product }).waitFor();
  await visit.button('바로 구매', 'Buy now').click();
}

export async function placeOrder(visit: Visit): Promise<void> {
  await visit.button('주문하기', 'Place order').click();
}

/** Pays the order that is shown, which costs so much. */
export async function pay(visit: Visit, amount: number): Promise<void> {
  await payButton(visit, amount).click();
  await visit.sees('결제가 끝났습니다', 'Paid, and yours');
}

export function payButton(visit: Visit, amount: number) {
  const sum = visit.won(amount);
  return visit.button(`${sum} 결제하기`, `Pay ${sum}`);
}

/** Uses the only coupon that there is, where an order is made. */
export async function useCoupon(visit: Visit): Promise<void> {
  const coupon = visit.page.getByLabel(visit.say('쿠폰', 'Coupon'), { exact: true });
  await coupon.selectOption({ index: 1 });
}
