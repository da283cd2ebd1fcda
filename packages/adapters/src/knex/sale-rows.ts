import type { Sale } from '@jumun/domain';

/** A row of `sales_records`; the sign keeps a sale and its refund apart. */
export type SaleRow = {
  readonly order_id: Sale['orderId'];
  readonly product_id: Sale['productId'];
  readonly sign: number;
  readonly day: Sale['day'];
  readonly quantity: number;
  readonly revenue: number;
};

export const SALE_COLUMNS = [
  'order_id',
  'product_id',
  'sign',
  'day',
  'quantity',
  'revenue',
] as const satisfies readonly (keyof SaleRow)[];

export const toSaleRow = (sale: Sale): SaleRow => ({
  order_id: sale.orderId,
  product_id: sale.productId,
  sign: Math.sign(sale.quantity),
  day: sale.day,
  quantity: sale.quantity,
  revenue: sale.revenue,
});

export const toSale = (row: SaleRow): Sale => ({
  orderId: row.order_id,
  productId: row.product_id,
  day: row.day,
  quantity: row.quantity,
  revenue: row.revenue,
});
