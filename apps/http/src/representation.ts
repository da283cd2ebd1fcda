import type {
  CampaignView,
  ChargeView,
  CouponView,
  DeliveryView,
  OrderView,
  PaymentView,
  PopularItem,
  PopularView,
  ProductDetails,
  ProductList,
  ProductView,
  ReviewView,
  ShelfProduct,
  WalletView,
} from '@jumun/application';
import type { Instant, SalesDay, WalletEntry } from '@jumun/domain';

/**
 * What the API shows of each subject, field by field: a field that a view gains is not published until it is named here.
 * Times are RFC 3339 in UTC.
 */

export const timeJson = (at: Instant): string => new Date(at).toISOString();

export const walletJson = ({ userId, balance, updatedAt }: WalletView) => ({
  userId,
  balance,
  updatedAt: timeJson(updatedAt),
});

export const chargeJson = ({ chargeId, amount, balance }: ChargeView) => ({
  chargeId,
  amount,
  balance,
});

export const walletEntryJson = (entry: WalletEntry) => {
  const { id, kind, amount, balanceAfter, orderId, createdAt } = entry;
  return {
    id,
    kind,
    amount,
    balanceAfter,
    ...(orderId === null ? {} : { orderId }),
    createdAt: timeJson(createdAt),
  };
};

export const shelfProductJson = ({ id, name, price, stock, category }: ShelfProduct) => ({
  id,
  name,
  price,
  stock,
  category,
});

export const productListJson = ({ items, page, size, total }: ProductList) => ({
  items: items.map(shelfProductJson),
  page,
  size,
  total,
});

export const productJson = (product: ProductView) => {
  const { id, name, description, category, price, stock } = product;
  return { id, name, description, category, price, stock };
};

export const reviewJson = ({ id, rating, text, createdAt }: ReviewView) => ({
  id,
  rating,
  text,
  createdAt: timeJson(createdAt),
});

export const productDetailsJson = (details: ProductDetails) => ({
  ...productJson(details),
  rating: { average: details.rating.average, count: details.rating.count },
  reviews: details.reviews.map(reviewJson),
});

export const orderJson = (order: OrderView) => {
  const { id, status, couponId, subtotal, discount, total, paidAt, paymentId } = order;
  return {
    id,
    status,
    items: order.items.map(({ productId, name, unitPrice, quantity, amount }) => ({
      productId,
      name,
      unitPrice,
      quantity,
      amount,
    })),
    couponId,
    subtotal,
    discount,
    total,
    createdAt: timeJson(order.createdAt),
    expiresAt: timeJson(order.expiresAt),
    paidAt: paidAt === null ? null : timeJson(paidAt),
    paymentId,
  };
};

export const paymentJson = (payment: PaymentView) => {
  const { paymentId, orderId, status, amount, balance, orderStatus } = payment;
  return { paymentId, orderId, status, amount, balance, orderStatus };
};

export const campaignJson = (campaign: CampaignView) => {
  const { id, name, discountRate, totalQuantity, remainingQuantity, startsAt, endsAt } = campaign;
  return {
    id,
    name,
    discountRate,
    totalQuantity,
    remainingQuantity,
    startsAt: timeJson(startsAt),
    endsAt: timeJson(endsAt),
  };
};

export const couponJson = (coupon: CouponView) => {
  const { id, couponCampaignId, issueNumber, discountRate, status, issuedAt, expiresAt } = coupon;
  return {
    id,
    couponCampaignId,
    issueNumber,
    discountRate,
    status,
    issuedAt: timeJson(issuedAt),
    expiresAt: timeJson(expiresAt),
  };
};

/** 20240117 as `2024-01-17`. */
export const dayJson = (day: SalesDay): string => String(day).replace(/(\d{2})(\d{2})$/, '-$1-$2');

export const popularItemJson = (item: PopularItem) => {
  const { rank, previousRank, change, rankDelta, productId, name, price } = item;
  const { quantitySold, revenue } = item;
  return {
    rank,
    previousRank,
    change,
    rankDelta,
    productId,
    name,
    price,
    quantitySold,
    revenue,
  };
};

export const popularJson = ({ period, sort, totalQuantity, computedAt, items }: PopularView) => ({
  period: { from: dayJson(period.from), to: dayJson(period.to), days: period.days },
  sort,
  totalQuantity,
  computedAt: timeJson(computedAt),
  items: items.map(popularItemJson),
});

export const deliveryJson = (delivery: DeliveryView) => {
  const { id, orderId, type, status, attempts, lastError, nextAttemptAt, deliveredAt } = delivery;
  return {
    id,
    orderId,
    type,
    status,
    attempts,
    lastError,
    nextAttemptAt: nextAttemptAt === null ? null : timeJson(nextAttemptAt),
    deliveredAt: deliveredAt === null ? null : timeJson(deliveredAt),
  };
};
