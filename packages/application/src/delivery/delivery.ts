import type { Brand, Instant, OrderId } from '@jumun/domain';

export type DeliveryId = Brand<number, 'DeliveryId'>;

/**
 * A message about an order for the data platform. It is written in the transaction that it tells of, and sent later: at
 * least once, those of one order in the order of their `sequence`.
 */
export interface NewDelivery {
  readonly id: DeliveryId;
  readonly orderId: OrderId;
  /** Counts the messages about this order, from 1. */
  readonly sequence: number;
  /** The versioned name of what happened: `jumun.order.completed.v1`. */
  readonly type: string;
  /** The whole message as JSON: the very bytes that are signed and sent, however often. */
  readonly payload: string;
  readonly createdAt: Instant;
}

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

/** A message, and what has become of it. */
export interface Delivery extends NewDelivery {
  readonly status: DeliveryStatus;
  /** How often it was sent, or begun to be sent. */
  readonly attempts: number;
  readonly lastError: string | null;
  /** When it is to be sent next; null when it is not. */
  readonly nextAttemptAt: Instant | null;
  readonly deliveredAt: Instant | null;
}
