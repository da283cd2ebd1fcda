import type { Delivery, DeliveryProgress, HeldDelivery, NewDelivery } from '@jumun/application';

/** A row of `deliveries`. */
export type DeliveryRow = {
  readonly id: Delivery['id'];
  readonly order_id: Delivery['orderId'];
  readonly sequence: number;
  readonly type: string;
  readonly payload: string;
  readonly created_at: Delivery['createdAt'];
  readonly status: Delivery['status'];
  readonly attempts: number;
  readonly last_error: string | null;
  readonly next_attempt_at: Delivery['nextAttemptAt'];
  readonly delivered_at: Delivery['deliveredAt'];
};

export const DELIVERY_COLUMNS = [
  'id',
  'order_id',
  'sequence',
  'type',
  'payload',
  'created_at',
  'status',
  'attempts',
  'last_error',
  'next_attempt_at',
  'delivered_at',
] as const satisfies readonly (keyof DeliveryRow)[];

/** A message that waits to be sent at once. */
export const toNewDeliveryRow = (delivery: NewDelivery): DeliveryRow => ({
  id: delivery.id,
  order_id: delivery.orderId,
  sequence: delivery.sequence,
  type: delivery.type,
  payload: delivery.payload,
  created_at: delivery.createdAt,
  status: 'PENDING',
  attempts: 0,
  last_error: null,
  next_attempt_at: delivery.createdAt,
  delivered_at: null,
});

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  orderId: row.order_id,
  sequence: row.sequence,
  type: row.type,
  payload: row.payload,
  createdAt: row.created_at,
  status: row.status,
  attempts: row.attempts,
  lastError: row.last_error,
  nextAttemptAt: row.next_attempt_at,
  deliveredAt: row.delivered_at,
});

/** The columns that tell whose a message is. */
export const HELD_COLUMNS = [
  'id',
  'order_id',
  'sequence',
  'status',
  'attempts',
] as const satisfies readonly (keyof DeliveryRow)[];

export type HeldRow = Pick<DeliveryRow, (typeof HELD_COLUMNS)[number]>;

export const toHeldDelivery = (row: HeldRow): HeldDelivery => ({
  id: row.id,
  orderId: row.order_id,
  sequence: row.sequence,
  status: row.status,
  attempts: row.attempts,
});

/** The columns that change while a message is sent. */
export const PROGRESS_COLUMNS = [
  'status',
  'last_error',
  'next_attempt_at',
  'delivered_at',
] as const satisfies readonly (keyof DeliveryRow)[];

export const toProgressRow = (progress: DeliveryProgress) => ({
  id: progress.id,
  status: progress.status,
  last_error: progress.lastError,
  next_attempt_at: progress.nextAttemptAt,
  delivered_at: progress.deliveredAt,
});
