import type { Transaction, UnitOfWork } from '@jumun/application';
import {
  Coupon,
  CouponCampaign,
  type CouponCampaignTerms,
  couponCampaignId,
  couponId,
  instant,
  percent,
  Product,
  productId,
  Stock,
  userId,
  won,
} from '@jumun/domain';

/** The scenarios' catalogue. Ids that a scenario names are that scenario's; all are below the first id given out. */
const PRODUCTS = [
  { id: 101, name: '무선 마우스', category: '마우스', price: 25_000, stock: 50 },
  { id: 102, name: '블루투스 키보드', category: '키보드', price: 45_000, stock: 100 },
  { id: 103, name: '게이밍 마우스', category: '마우스', price: 65_000, stock: 1 },
  { id: 104, name: '모니터', category: '모니터', price: 120_000, stock: 30 },
  { id: 105, name: '무선 키보드', category: '키보드', price: 45_000, stock: 200 },
  { id: 106, name: '웹캠', category: '웹캠', price: 30_000, stock: 150 },
  { id: 107, name: '이어폰', category: '이어폰', price: 30_000, stock: 300 },
  { id: 108, name: '버티컬 마우스', category: '마우스', price: 49_000, stock: 40 },
  { id: 109, name: '초경량 게이밍 마우스', category: '마우스', price: 59_000, stock: 25 },
  { id: 110, name: '기계식 키보드', category: '키보드', price: 89_000, stock: 60 },
  { id: 111, name: '휴대용 모니터', category: '모니터', price: 159_000, stock: 15 },
  { id: 112, name: '블루투스 이어폰', category: '이어폰', price: 55_000, stock: 80 },
] as const;

const RUNNING = {
  startsAt: instant(Date.UTC(2024, 0, 1)),
  endsAt: instant(Date.UTC(2100, 0, 1)),
  couponValidDays: 30,
};

interface DemoCampaign {
  readonly terms: CouponCampaignTerms;
  /** Whether every coupon was issued before the shop opened. */
  readonly exhausted: boolean;
}

const CAMPAIGNS: readonly DemoCampaign[] = [
  {
    terms: {
      id: couponCampaignId(501),
      name: '선착순 10% 할인',
      discountRate: percent(10),
      totalQuantity: 100,
      ...RUNNING,
    },
    exhausted: false,
  },
  {
    terms: {
      id: couponCampaignId(502),
      name: '선착순 20% 할인',
      discountRate: percent(20),
      totalQuantity: 100,
      ...RUNNING,
    },
    exhausted: true,
  },
  {
    terms: {
      id: couponCampaignId(503),
      name: '누구나 5% 할인',
      discountRate: percent(5),
      totalQuantity: 10_000,
      ...RUNNING,
    },
    exhausted: false,
  },
];

/** The customers who were there before everybody else, and the coupons they got: below the first ids given out. */
const EARLY_USERS = 9_000_000;
const EARLY_COUPONS = 2_900;

/** Puts the scenarios' products and campaigns into the shop, those that are not there yet. What is there stays as it is. */
export const loadDemoData = (unitOfWork: UnitOfWork): Promise<void> =>
  unitOfWork.run(async (tx) => {
    await addProducts(tx);
    await addCampaigns(tx);
  });

async function addProducts(tx: Transaction): Promise<void> {
  const ids = PRODUCTS.map(({ id }) => productId(id));
  const known = await tx.products.lockMany(ids);
  const missing = PRODUCTS.filter(({ id }) => !known.has(productId(id)));
  await tx.products.addMany(
    missing.map(({ id, name, category, price }) =>
      Product.rehydrate({
        id: productId(id),
        name,
        description: `${category} 카테고리의 ${name}입니다.`,
        category,
        price: won(price),
      }),
    ),
  );
  await tx.stocks.addMany(missing.map(({ id, stock }) => Stock.open(productId(id), stock)));
}

async function addCampaigns(tx: Transaction): Promise<void> {
  const known = await tx.campaigns.lockMany(CAMPAIGNS.map(({ terms }) => terms.id));
  for (const { terms, exhausted } of CAMPAIGNS) {
    if (known.has(terms.id)) continue;
    const issued = exhausted ? terms.totalQuantity : 0;
    await tx.campaigns.addMany([CouponCampaign.rehydrate({ ...terms, issued })]);
    await tx.coupons.addMany(earlyCoupons(terms, issued));
  }
}

const earlyCoupons = (terms: CouponCampaignTerms, count: number): readonly Coupon[] =>
  Array.from({ length: count }, (_, at) =>
    Coupon.issue({
      id: couponId(EARLY_COUPONS + at),
      campaignId: terms.id,
      userId: userId(EARLY_USERS + at),
      issueNumber: at + 1,
      discountRate: terms.discountRate,
      issuedAt: terms.startsAt,
      expiresAt: terms.endsAt,
    }),
  );
