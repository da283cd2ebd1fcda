import type { IdKind } from '@jumun/application';
import type { ColumnTypes, TableDefinition } from '../sql-dialect.js';

/**
 * The tables of the shop. Times are epoch milliseconds, money is won, ids are given by the application. There are no
 * foreign keys: their checks would lock the hot rows that every order touches; the aggregates keep references whole, and
 * the audit in the tests proves it. What must never happen is also refused by a CHECK or UNIQUE constraint.
 */
export const shopTables = ({ integer, text }: ColumnTypes): readonly TableDefinition[] => [
  {
    name: 'products',
    columns: [
      `id ${integer} NOT NULL PRIMARY KEY`,
      `name ${text(200)} NOT NULL`,
      `description ${text(2000)} NOT NULL`,
      `category ${text(100)} NOT NULL`,
      `price ${integer} NOT NULL CHECK (price >= 0)`,
    ],
    indexes: { products_by_category: 'category, id', products_by_price: 'category, price, id' },
  },
  {
    name: 'stocks',
    columns: [
      `product_id ${integer} NOT NULL PRIMARY KEY`,
      `on_hand ${integer} NOT NULL`,
      `reserved ${integer} NOT NULL`,
      'CONSTRAINT stocks_never_oversold CHECK (reserved >= 0 AND reserved <= on_hand)',
    ],
    indexes: {},
  },
  {
    name: 'wallets',
    columns: [
      `user_id ${integer} NOT NULL PRIMARY KEY`,
      `balance ${integer} NOT NULL`,
      `entries ${integer} NOT NULL`,
      `updated_at ${integer} NOT NULL`,
      'CONSTRAINT wallets_never_overdrawn CHECK (balance >= 0)',
    ],
    indexes: {},
  },
  {
    name: 'wallet_entries',
    columns: [
      `user_id ${integer} NOT NULL`,
      `sequence ${integer} NOT NULL`,
      `id ${integer} NOT NULL`,
      `kind ${text(10)} NOT NULL`,
      `amount ${integer} NOT NULL`,
      `balance_after ${integer} NOT NULL CHECK (balance_after >= 0)`,
      `order_id ${integer}`,
      `created_at ${integer} NOT NULL`,
      'PRIMARY KEY (user_id, sequence)',
    ],
    indexes: {},
    clustered: true,
  },
  {
    name: 'coupon_campaigns',
    columns: [
      `id ${integer} NOT NULL PRIMARY KEY`,
      `name ${text(200)} NOT NULL`,
      `discount_rate ${integer} NOT NULL`,
      `starts_at ${integer} NOT NULL`,
      `ends_at ${integer} NOT NULL`,
      `coupon_valid_days ${integer} NOT NULL`,
      `total_quantity ${integer} NOT NULL`,
      `issued ${integer} NOT NULL`,
      'CONSTRAINT campaigns_never_overissued CHECK (issued >= 0 AND issued <= total_quantity)',
    ],
    indexes: { coupon_campaigns_by_end: 'ends_at' },
  },
  {
    name: 'coupons',
    columns: [
      `id ${integer} NOT NULL PRIMARY KEY`,
      `campaign_id ${integer} NOT NULL`,
      `user_id ${integer} NOT NULL`,
      `issue_number ${integer} NOT NULL`,
      `discount_rate ${integer} NOT NULL`,
      `issued_at ${integer} NOT NULL`,
      `expires_at ${integer} NOT NULL`,
      `status ${text(10)} NOT NULL`,
      `order_id ${integer}`,
      `used_at ${integer}`,
      'CONSTRAINT coupons_one_each UNIQUE (campaign_id, user_id)',
      'CONSTRAINT coupons_numbered_once UNIQUE (campaign_id, issue_number)',
    ],
    indexes: { coupons_by_user: 'user_id, issued_at, id' },
  },
  {
    name: 'orders',
    columns: [
      `id ${integer} NOT NULL PRIMARY KEY`,
      `user_id ${integer} NOT NULL`,
      `coupon_id ${integer}`,
      `subtotal ${integer} NOT NULL`,
      `discount ${integer} NOT NULL`,
      `total ${integer} NOT NULL CHECK (total >= 0)`,
      `created_at ${integer} NOT NULL`,
      `expires_at ${integer} NOT NULL`,
      `status ${text(10)} NOT NULL`,
      `payment_id ${integer}`,
      `paid_at ${integer}`,
      `closed_at ${integer}`,
      'CONSTRAINT orders_paid_once UNIQUE (payment_id)',
    ],
    indexes: {
      orders_by_user: 'user_id, created_at, id',
      orders_by_expiry: 'status, expires_at, id',
    },
  },
  {
    name: 'order_lines',
    columns: [
      `order_id ${integer} NOT NULL`,
      `line_number ${integer} NOT NULL`,
      `product_id ${integer} NOT NULL`,
      `name ${text(200)} NOT NULL`,
      `unit_price ${integer} NOT NULL`,
      `quantity ${integer} NOT NULL CHECK (quantity > 0)`,
      `amount ${integer} NOT NULL`,
      `discount ${integer} NOT NULL`,
      'PRIMARY KEY (order_id, line_number)',
    ],
    indexes: {},
    clustered: true,
  },
  {
    name: 'reviews',
    columns: [
      `id ${integer} NOT NULL PRIMARY KEY`,
      `product_id ${integer} NOT NULL`,
      `user_id ${integer} NOT NULL`,
      `rating ${integer} NOT NULL CHECK (rating >= 1 AND rating <= 5)`,
      `text ${text(2000)} NOT NULL`,
      `created_at ${integer} NOT NULL`,
      'CONSTRAINT reviews_one_each UNIQUE (product_id, user_id)',
    ],
    indexes: {
      reviews_latest: 'product_id, created_at, id',
      reviews_by_rating: 'product_id, rating',
    },
  },
  {
    name: 'sales_records',
    columns: [
      `order_id ${integer} NOT NULL`,
      `product_id ${integer} NOT NULL`,
      `sign ${integer} NOT NULL CHECK (sign = 1 OR sign = -1)`,
      `day ${integer} NOT NULL`,
      `quantity ${integer} NOT NULL`,
      `revenue ${integer} NOT NULL`,
      'PRIMARY KEY (order_id, product_id, sign)',
    ],
    indexes: { sales_records_by_product: 'product_id, day, quantity' },
    clustered: true,
  },
  {
    name: 'idempotency_answers',
    columns: [
      `user_id ${integer} NOT NULL`,
      `idempotency_key ${text(255)} NOT NULL`,
      `fingerprint ${text(2000)} NOT NULL`,
      `answer ${text(60000)} NOT NULL`,
      `created_at ${integer} NOT NULL`,
      'PRIMARY KEY (user_id, idempotency_key)',
    ],
    indexes: { idempotency_answers_by_age: 'created_at' },
    clustered: true,
  },
  {
    name: 'id_blocks',
    columns: [
      `kind ${text(20)} NOT NULL PRIMARY KEY`,
      `next_id ${integer} NOT NULL CHECK (next_id > 0)`,
    ],
    indexes: {},
  },
];

export const shopIds: Readonly<Partial<Record<IdKind, number>>> = {
  product: 10_001,
  couponCampaign: 10_001,
  order: 1_001,
  payment: 2_001,
  coupon: 3_001,
  walletEntry: 1,
  review: 1,
};
