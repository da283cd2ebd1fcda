import type { Schemas } from '../../api/document.js';
import { Badge, type BadgeTone } from '../../ui/badge.js';
import { ordersText } from './messages.js';

type OrderStatus = Schemas['Order']['status'];

const TONES: Readonly<Record<OrderStatus, BadgeTone>> = {
  PENDING: 'wait',
  COMPLETED: 'good',
  CANCELLED: 'plain',
  EXPIRED: 'plain',
};

/** Where an order stands, in a word. */
export function StatusBadge({ status }: { readonly status: OrderStatus }) {
  return <Badge tone={TONES[status]}>{ordersText()[status]}</Badge>;
}
