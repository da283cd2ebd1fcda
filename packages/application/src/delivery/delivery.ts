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

/**
 * PENDING: it is sent when its next attempt is due. DELIVERED: the platform has taken it. FAILED: its attempts are used up,
 * or the platform has refused it.
 */
export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

/** A message, and what has become of it. */
export interface Delivery extends NewDelivery {
  readonly status: DeliveryStatus;
  /** How often it was sent, or begun to be sent. It only grows; each attempt is known by its number. */
  readonly attempts: number;
  readonly lastError: string | null;
  /**
   * When it is to be sent next, and while it is being sent, when somebody else may take it. A FAILED one that the platform
   * did not refuse is sent again by itself then, or as soon as the platform is back. Null when it is not to be sent.
   */
  readonly nextAttemptAt: Instant | null;
  readonly deliveredAt: Instant | null;
}
