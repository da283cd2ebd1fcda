import type { Database } from '@jumun/adapters';

/** Campaigns with equal terms, of which some coupons are gone already. */
export interface CampaignSeed {
  readonly firstId: number;
  readonly count: number;
  readonly total: number;
  readonly issued: number;
}

const DAY_MS = 86_400_000;
const DISCOUNT_RATE = 10;
const VALID_DAYS = 30;
/** Far above every id that the shop gives out. */
const FIRST_COUPON = 1_000_000_000_000;
const COUPONS_PER_CAMPAIGN = 1_000_000;
/** Those who came before everybody else. */
const FIRST_HOLDER = 900_000_000;

const CAMPAIGN_COLUMNS = [
  'id',
  'name',
  'discount_rate',
  'starts_at',
  'ends_at',
  'coupon_valid_days',
  'total_quantity',
  'issued',
];
const COUPON_COLUMNS = [
  'id',
  'campaign_id',
  'user_id',
  'issue_number',
  'discount_rate',
  'issued_at',
  'expires_at',
  'status',
];

/** Puts campaigns that run now into the database; returns their ids. */
export async function addCampaigns(
  database: Database,
  { firstId, count, total, issued }: CampaignSeed,
): Promise<readonly number[]> {
  const ids = Array.from({ length: count }, (_, at) => firstId + at);
  const now = Date.now();
  const campaigns = ids.map((id) => [
    id,
    `선착순 ${id}`,
    DISCOUNT_RATE,
    now - DAY_MS,
    now + DAY_MS,
    VALID_DAYS,
    total,
    issued,
  ]);
  const coupons = ids.flatMap((id) =>
    Array.from({ length: issued }, (_, at) => [
      FIRST_COUPON + id * COUPONS_PER_CAMPAIGN + at,
      id,
      FIRST_HOLDER + at,
      at + 1,
      DISCOUNT_RATE,
      now - DAY_MS,
      now + VALID_DAYS * DAY_MS,
      'AVAILABLE',
    ]),
  );
  await database.write(async (session) => {
    await session.insertMany('coupon_campaigns', CAMPAIGN_COLUMNS, campaigns);
    if (coupons.length > 0) await session.insertMany('coupons', COUPON_COLUMNS, coupons);
  });
  return ids;
}

/** The coupons of a campaign as they are stored, in the order of their numbers. */
export const couponsOf = (
  database: Database,
  campaignId: number,
): Promise<readonly { readonly id: number; readonly issueNumber: number }[]> =>
  database.read((session) =>
    session.all(
      `SELECT id, issue_number AS issueNumber FROM coupons WHERE campaign_id = ?
       ORDER BY issue_number`,
      [campaignId],
    ),
  );
