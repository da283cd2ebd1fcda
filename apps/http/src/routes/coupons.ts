import type { Shop } from '@jumun/application';
import { couponCampaignId, type CouponStatus, ok } from '@jumun/domain';
import { z } from 'zod';
import { campaignJson, couponJson } from '../representation.js';
import { API, emptyBody, pathId } from './fields.js';
import { done } from './replies.js';
import { type Route, route } from './route.js';

const STATUSES = ['AVAILABLE', 'RESERVED', 'USED', 'EXPIRED'] as const satisfies CouponStatus[];

export const couponRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path: `${API}/coupon-campaigns`,
    access: 'public',
    summary: 'The coupon campaigns that run now',
    status: 200,
    handle: async () =>
      ok({ body: { items: (await shop.listRunningCampaigns()).map(campaignJson) } }),
  }),

  route({
    method: 'POST',
    path: `${API}/coupon-campaigns/:id/coupons`,
    access: 'customer',
    summary: 'Take a coupon: first come, first served, one for each customer',
    params: z.object({ id: pathId }),
    body: emptyBody,
    status: 201,
    isBusy: () => shop.isBusyWithCoupons(),
    isForCoupons: true,
    handle: async ({ customer: { userId }, params, idempotency }) => {
      const command = { userId, campaignId: couponCampaignId(params.id) };
      return (await shop.issueCoupon(command, idempotency)).map(done(couponJson));
    },
  }),

  route({
    method: 'GET',
    path: `${API}/coupons`,
    access: 'customer',
    summary: 'Your coupons, newest first',
    query: z.object({ status: z.enum(STATUSES).nullable().default(null) }),
    status: 200,
    handle: async ({ customer, query: { status } }) => {
      const coupons = await shop.listCoupons(customer.userId, status);
      return ok({ body: { items: coupons.map(couponJson) } });
    },
  }),
];
