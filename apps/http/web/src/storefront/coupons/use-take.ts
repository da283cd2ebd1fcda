import type { RefusalOf } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { type Deed, useDeed } from '../../api/use-deed.js';

export type TakeRefusal = RefusalOf<'post', '/api/v1/coupon-campaigns/{id}/coupons'>;

/** Taking a coupon of this campaign. */
export const useTake = (id: number): Deed<null, Schemas['Coupon'], TakeRefusal> =>
  useDeed(`coupon.${id}`, (_: { readonly request: null }, options) =>
    api.post('/api/v1/coupon-campaigns/{id}/coupons', { path: { id } }, options),
  );
