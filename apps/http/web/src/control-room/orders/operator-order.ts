import type { Schemas } from '../../api/document.js';
import type { BadgeTone } from '../../ui/badge.js';

/** An order, and whose it is. */
export type OperatorOrder = Schemas['OperatorOrder'];

/** How a status looks beside its word. */
export const STATUS_TONES: Readonly<Record<OperatorOrder['status'], BadgeTone>> = {
  PENDING: 'wait',
  COMPLETED: 'good',
  CANCELLED: 'plain',
  EXPIRED: 'plain',
};
