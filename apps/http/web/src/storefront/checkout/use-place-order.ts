import type { RefusalOf } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { type Deed, useDeed } from '../../api/use-deed.js';
import type { CartLine } from '../cart/contents.js';

export interface OrderRequest {
  readonly items: readonly CartLine[];
  readonly couponId: number | null;
}

export type PlaceOrderRefusal = RefusalOf<'post', '/api/v1/orders'>;

export type PlaceOrderDeed = Deed<OrderRequest, Schemas['Order'], PlaceOrderRefusal>;

/** Ordering: once, however often it is clicked. */
export const usePlaceOrder = (): PlaceOrderDeed =>
  useDeed('order', ({ request }: { readonly request: OrderRequest }, options) =>
    api.post(
      '/api/v1/orders',
      { body: { items: request.items.map((line) => ({ ...line })), couponId: request.couponId } },
      options,
    ),
  );
