import type { Order } from '../order/order.js';
import type { OrderId, ProductId } from '../shared/ids.js';
import type { Brand } from '../shared/brand.js';

/** A calendar day of the shop, as YYYYMMDD: 20240117. */
export type SalesDay = Brand<number, 'SalesDay'>;

/**
 * One product of one paid or refunded order, for the sales statistics. A refund is the sale again with both figures
 * negative, on the day of the sale: it takes back what was counted.
 */
export interface Sale {
  readonly orderId: OrderId;
  readonly productId: ProductId;
  readonly day: SalesDay;
  /** Pieces; negative for a refund. */
  readonly quantity: number;
  /** Won after the discount; negative for a refund. */
  readonly revenue: number;
}

/** What a paid order sold, line by line. */
export const salesOf = (order: Order, day: SalesDay): readonly Sale[] =>
  order.lines.map(({ productId, quantity, amount, discount }) => ({
    orderId: order.id,
    productId,
    day,
    quantity,
    revenue: amount - discount,
  }));

/** Takes the sales of a refunded order back. `day` is the day it was paid. */
export const refundedSalesOf = (order: Order, day: SalesDay): readonly Sale[] =>
  salesOf(order, day).map((sale) => ({
    ...sale,
    quantity: 0 - sale.quantity,
    revenue: 0 - sale.revenue,
  }));
