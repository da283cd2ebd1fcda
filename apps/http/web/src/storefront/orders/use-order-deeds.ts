import type { RefusalOf } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { type Deed, useDeed } from '../../api/use-deed.js';

interface PayRequest {
  /** What the person saw and agreed to, in won. */
  readonly amount: number;
}

export type PayDeed = Deed<
  PayRequest,
  Schemas['Payment'],
  RefusalOf<'post', '/api/v1/orders/{id}/payment'>
>;

/** Paying this order: the amount that is on the page, or nothing. */
export const usePay = (id: number): PayDeed =>
  useDeed(`pay.${id}`, ({ request }: { readonly request: PayRequest }, options) =>
    api.post('/api/v1/orders/{id}/payment', { path: { id }, body: request }, options),
  );

export type CancelDeed = Deed<
  null,
  Schemas['Order'],
  RefusalOf<'post', '/api/v1/orders/{id}/cancel'>
>;

/** Calling this order off; a paid one is refunded. */
export const useCancel = (id: number): CancelDeed =>
  useDeed(`cancel.${id}`, (_: { readonly request: null }, options) =>
    api.post('/api/v1/orders/{id}/cancel', { path: { id } }, options),
  );
