import type { Shop } from '@jumun/application';
import {
  couponCampaignId,
  instant,
  MAX_CAMPAIGN_NAME_LENGTH,
  MAX_CAMPAIGN_QUANTITY,
  MAX_COUPON_VALID_DAYS,
  ok,
  percent,
} from '@jumun/domain';
import { z } from 'zod';
import { operatorCampaignJson } from '../admin-representation.js';
import { operatorCampaignSchema } from '../admin-schemas.js';
import { campaignSchema, pageOf } from '../answer-schemas.js';
import { campaignCursor, pageJson } from '../cursors.js';
import { campaignJson } from '../representation.js';
import { API, emptyBody, label, pageLimit, pathId, time } from './fields.js';
import { done } from './replies.js';
import { type Route, route } from './route.js';

const path = `${API}/admin/coupon-campaigns`;

const quantity = z.int().min(1).max(MAX_CAMPAIGN_QUANTITY);

const terms = z
  .strictObject({
    name: label(MAX_CAMPAIGN_NAME_LENGTH),
    /** Whole per cent. */
    discountRate: z.int().min(1).max(100),
    totalQuantity: quantity,
    startsAt: time,
    endsAt: time,
    couponValidDays: z.int().min(1).max(MAX_COUPON_VALID_DAYS),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    path: ['endsAt'],
    message: 'must be after startsAt',
  });

export const adminCampaignRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path,
    access: 'operator',
    name: 'listCampaigns',
    tag: 'Admin',
    summary: 'All campaigns, past and coming ones too, newest first',
    query: z.object({ cursor: campaignCursor.schema, limit: pageLimit }),
    status: 200,
    answer: pageOf(operatorCampaignSchema),
    handle: async ({ query: { cursor, limit } }) => {
      const page = await shop.listCampaigns(cursor, limit);
      return ok({ body: pageJson(page, operatorCampaignJson, campaignCursor) });
    },
  }),

  route({
    method: 'POST',
    path,
    access: 'operator',
    name: 'openCampaign',
    tag: 'Admin',
    summary: 'Announce a coupon campaign',
    body: terms,
    status: 201,
    answer: campaignSchema,
    refusals: ['SERVICE_BUSY'],
    handle: async ({ body, idempotency }) => {
      const command = {
        ...body,
        discountRate: percent(body.discountRate),
        startsAt: instant(body.startsAt),
        endsAt: instant(body.endsAt),
      };
      return (await shop.openCampaign(command, idempotency)).map(done(campaignJson));
    },
  }),

  route({
    method: 'POST',
    path: `${path}/:id/grow`,
    access: 'operator',
    name: 'growCampaign',
    tag: 'Admin',
    summary: 'Add coupons to a campaign, also to one that is sold out',
    params: z.object({ id: pathId }),
    body: z.strictObject({ quantity }),
    status: 200,
    answer: campaignSchema,
    refusals: ['COUPON_CAMPAIGN_NOT_FOUND', 'CAMPAIGN_LIMIT_EXCEEDED', 'SERVICE_BUSY'],
    handle: async ({ params, body, idempotency }) => {
      const command = { campaignId: couponCampaignId(params.id), quantity: body.quantity };
      return (await shop.growCampaign(command, idempotency)).map(done(campaignJson));
    },
  }),

  route({
    method: 'POST',
    path: `${path}/:id/end`,
    access: 'operator',
    name: 'endCampaign',
    tag: 'Admin',
    summary: 'End a campaign that runs, now; coupons that were given stay good',
    params: z.object({ id: pathId }),
    body: emptyBody,
    status: 200,
    answer: campaignSchema,
    refusals: ['COUPON_CAMPAIGN_NOT_FOUND', 'COUPON_CAMPAIGN_NOT_ACTIVE', 'SERVICE_BUSY'],
    handle: async ({ params, idempotency }) =>
      (await shop.endCampaign({ campaignId: couponCampaignId(params.id) }, idempotency)).map(
        done(campaignJson),
      ),
  }),
];
