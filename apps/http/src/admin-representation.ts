import type {
  BooksView,
  CouponSums,
  OperatorCampaignView,
  OperatorOrderView,
  ShelfList,
  ShelfView,
} from '@jumun/application';
import { campaignJson, orderJson, productJson, timeJson } from './representation.js';

/** What operators are shown of each subject, field by field; as in `representation.ts`. */

const shelfJson = (shelf: ShelfView) => ({
  ...productJson(shelf),
  onHand: shelf.onHand,
  reserved: shelf.reserved,
});

export const shelfListJson = ({ items, page, size, total }: ShelfList) => ({
  items: items.map(shelfJson),
  page,
  size,
  total,
});

export const operatorOrderJson = (order: OperatorOrderView) => ({
  ...orderJson(order),
  userId: order.userId,
});

export const operatorCampaignJson = (campaign: OperatorCampaignView) => ({
  ...campaignJson(campaign),
  issuedQuantity: campaign.issuedQuantity,
  couponValidDays: campaign.couponValidDays,
  state: campaign.state,
});

const couponSumsJson = ({ issued, available, reserved, used, expired }: CouponSums) => ({
  issued,
  available,
  reserved,
  used,
  expired,
});

export const booksJson = (books: BooksView) => {
  const { countedAt, agrees, checks, wallets, ledger, stock, orders, revenue, coupons } = books;
  return {
    countedAt: timeJson(countedAt),
    agrees,
    checks: checks.map(({ name, one, other, agrees: same }) => ({
      name,
      one,
      other,
      agrees: same,
    })),
    wallets: { count: wallets.count, balance: wallets.balance },
    ledger: {
      entries: ledger.entries,
      charged: ledger.charged,
      paid: ledger.paid,
      refunded: ledger.refunded,
      balance: ledger.balance,
    },
    stock: {
      products: stock.products,
      onHand: stock.onHand,
      held: stock.held,
      sold: stock.sold,
    },
    orders: orders.map(({ status, count, total }) => ({ status, count, total })),
    revenue,
    coupons: {
      campaigns: coupons.campaigns,
      totalQuantity: coupons.totalQuantity,
      ...couponSumsJson(coupons),
    },
    campaigns: books.campaigns.map(({ id, name, totalQuantity, issued, coupons: own }) => ({
      id,
      name,
      totalQuantity,
      issued,
      coupons: couponSumsJson(own),
    })),
  };
};
