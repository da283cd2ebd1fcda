import type { Shop } from '@jumun/application';
import { couponCampaignId, type CouponStatus, ok } from '@jumun/domain';
import { z } from 'zod';
import { campaignSchema, couponSchema, listOf } from '../answer-schemas.js';
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
    name: 'listCouponCampaigns',
    tag: 'Coupons',
    summary: 'The coupon campaigns that run now',
    status: 200,
    answer: listOf(campaignSchema),
    handle: async () =>
      ok({ body: { items: (await shop.listRunningCampaigns()).map(campaignJson) } }),
  }),

  route({
    method: 'POST',
    path: `${API}/coupon-campaigns/:id/coupons`,
    access: 'customer',
    name: 'issueCoupon',
    tag: 'Coupons',
    summary: 'Take a coupon: first come, first served, one for each customer',
    params: z.object({ id: pathId }),
    body: emptyBody,
    status: 201,
    answer: couponSchema,
    refusals: [
      'COUPON_CAMPAIGN_NOT_FOUND',
      'COUPON_CAMPAIGN_NOT_ACTIVE',
      'COUPON_EXHAUSTED',
      'COUPON_ALREADY_ISSUED',
      'SERVICE_BUSY',
    ],
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
    name: 'listCoupons',
    tag: 'Coupons',
    summary: 'Your coupons, newest first',
    query: z.object({ status: z.enum(STATUSES).nullable().default(null) }),
    status: 200,
    answer: listOf(couponSchema),
    handle: async ({ customer, query: { status } }) => {
      const coupons = await shop.listCoupons(customer.userId, status);
      return ok({ body: { items: coupons.map(couponJson) } });
    },
  }),
];
