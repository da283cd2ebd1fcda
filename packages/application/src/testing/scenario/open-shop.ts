import {
  afterDays,
  type CouponCampaignId,
  type CouponId,
  type OrderId,
  percent,
  type ProductId,
  productId,
  type UserId,
  won,
} from '@jumun/domain';
import { aBasket, accepted, NOON } from '@jumun/domain/testing';
import type { Idempotency } from '../../batching/command.js';
import type { OrderView } from '../../order/order-view.js';
import type { PaymentView } from '../../order/pay-order.js';
import { auditBooks } from '../books/books-audit.js';
import { booksOf } from '../books/in-memory-books.js';
import { InMemoryIdSource } from '../in-memory/in-memory-id-source.js';
import { shopInMemory, type ShopInMemoryOptions } from '../in-memory/shop-in-memory.js';

/** Where the ids of the scenarios begin: product 101, campaign 501, order 1001, payment 2001, coupon 3001. */
const FIRST_IDS = { product: 101, couponCampaign: 501, order: 1001, payment: 2001, coupon: 3001 };

/** An in-memory shop in which the scenarios' first ids come next, with short words for what tests do again and again. */
export function openShop(options: ShopInMemoryOptions = {}) {
  const ids = new InMemoryIdSource(FIRST_IDS);
  const made = shopInMemory({ ...options, ports: { ids, ...options.ports } });
  const { shop, store } = made;
  const shelved = new Map<number, number>();

  return {
    ...made,
    shelve: async ({
      name = '무선 마우스',
      description = '',
      category = '마우스',
      price = 25_000,
      stock = 50,
    } = {}): Promise<ProductId> => {
      const product = { name, description, category, price: won(price), stock };
      const { id } = accepted(await shop.registerProduct(product)).answer;
      shelved.set(id, stock);
      return id;
    },
    restock: async (id: ProductId, quantity: number): Promise<void> => {
      accepted(await shop.restockProduct({ productId: id, quantity }));
      shelved.set(id, (shelved.get(id) ?? 0) + quantity);
    },
    charge: async (userId: UserId, amount: number): Promise<void> => {
      accepted(await shop.chargeWallet({ userId, amount }));
    },
    campaign: async ({
      name = '선착순 쿠폰',
      discountRate = 10,
      totalQuantity = 100,
      startsAt = NOON,
      endsAt = afterDays(NOON, 1),
      couponValidDays = 30,
    } = {}): Promise<CouponCampaignId> => {
      const rate = percent(discountRate);
      const terms = { name, discountRate: rate, totalQuantity, startsAt, endsAt, couponValidDays };
      return accepted(await shop.openCampaign(terms)).answer.id;
    },
    coupon: async (userId: UserId, campaignId: CouponCampaignId): Promise<CouponId> => {
      return accepted(await shop.issueCoupon({ userId, campaignId })).answer.id;
    },
    order: async (
      userId: UserId,
      items: readonly (readonly [id: number, quantity: number])[],
      couponId: CouponId | null = null,
    ): Promise<OrderView> => {
      const basket = aBasket(...items);
      return accepted(await shop.placeOrder({ userId, basket, couponId })).answer;
    },
    pay: async (userId: UserId, orderId: OrderId): Promise<PaymentView> => {
      return accepted(await shop.payOrder({ userId, orderId, amount: null })).answer;
    },
    cancel: async (userId: UserId, orderId: OrderId): Promise<OrderView> => {
      return accepted(await shop.cancelOrder({ userId, orderId })).answer;
    },
    balance: async (userId: UserId): Promise<number> => {
      return accepted(await shop.readWallet(userId)).balance;
    },
    stock: async (id: number): Promise<number> => {
      return accepted(await shop.readProduct(productId(id))).stock;
    },
    /** Broken rules: none in a shop that works. */
    audit: (): readonly string[] => auditBooks(booksOf(store, shelved)),
  };
}

/** A key of a customer for one request; the same `request` is the same fingerprint. */
export const keyOf = (userId: UserId, key: string, request = 'the request'): Idempotency => ({
  userId,
  key,
  fingerprint: request,
});
