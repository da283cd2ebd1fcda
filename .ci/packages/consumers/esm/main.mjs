// A whole shop in memory, from ES modules: place and pay an order through the application.
import assert from 'node:assert/strict';
import { Basket, Coupon, ok, Stock, userId } from '@jumun/domain';
import { aStock, WIRELESS_MOUSE } from '@jumun/domain/testing';
import { Shop } from '@jumun/application';
import { auditBooks, booksOf, shopInMemory } from '@jumun/application/testing';

assert.equal(ok(1).isOk(), true);
assert.ok(aStock() instanceof Stock);
assert.equal(typeof Coupon.issue, 'function');

const { shop, store } = shopInMemory();
assert.ok(shop instanceof Shop);
const { name, description, category, price } = WIRELESS_MOUSE.toSnapshot();
const registered = await shop.registerProduct({ name, description, category, price, stock: 50 });
const { id } = registered._unsafeUnwrap().answer;
const basket = Basket.of([{ productId: id, quantity: 1 }]);
await shop.chargeWallet({ userId: userId(1), amount: 50_000 });
const placed = await shop.placeOrder({
  userId: userId(1),
  basket: basket._unsafeUnwrap(),
  couponId: null,
});
const paid = await shop.payOrder({
  userId: userId(1),
  orderId: placed._unsafeUnwrap().answer.id,
  amount: 25_000,
});
assert.equal(paid._unsafeUnwrap().answer.balance, 25_000);
assert.deepEqual(auditBooks(booksOf(store, new Map([[id, 50]]))), []);

await assert.rejects(import('@jumun/domain/order/order.js'), {
  code: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
});
