import type { Instant, OrderCancelled, OrderCompleted } from '@jumun/domain';
import type { Books } from '../batching/books.js';
import type { DeliveryId, NewDelivery } from './delivery.js';

/** What the data platform hears of: an order was paid, or one that was paid is cancelled and refunded. */
export type DeliveredEvent = OrderCompleted | OrderCancelled;

const TYPES = {
  OrderCompleted: 'jumun.order.completed.v1',
  OrderCancelled: 'jumun.order.cancelled.v1',
} as const satisfies Record<DeliveredEvent['type'], string>;

/** An order is completed before it can be refunded, and both happen once. */
const SEQUENCE = {
  OrderCompleted: 1,
  OrderCancelled: 2,
} as const satisfies Record<DeliveredEvent['type'], number>;

/** The message that tells the data platform of an event. Its form is described in docs/reference/order-events.md. */
export function deliveryOf(event: DeliveredEvent, books: Books): NewDelivery {
  const { orderId, at: createdAt } = event;
  const type = TYPES[event.type];
  const sequence = SEQUENCE[event.type];
  const payload = JSON.stringify({ type, timestamp: timeOf(createdAt), data: dataOf(event) });
  const id = books.newId('delivery') as DeliveryId;
  return { id, orderId, sequence, type, payload, createdAt };
}

function dataOf(event: DeliveredEvent): object {
  const { orderId, userId, paymentId, couponId, lines, discount, total, at } = event;
  return {
    orderId,
    sequence: SEQUENCE[event.type],
    userId,
    paymentId,
    couponId,
    items: lines.map((line) => ({
      productId: line.productId,
      name: line.name,
      unitPrice: line.unitPrice,
      quantity: line.quantity,
      amount: line.amount,
      discount: line.discount,
    })),
    subtotal: total + discount,
    discount,
    total,
    ...(event.type === 'OrderCompleted'
      ? { completedAt: timeOf(at) }
      : { refund: event.refund, cancelledAt: timeOf(at) }),
  };
}

const timeOf = (at: Instant): string => new Date(at).toISOString();
