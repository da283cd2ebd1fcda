import { dailySalesOf, type Instant } from '@jumun/domain';
import type { IdKind } from '../../ports/id-source.js';
import { auditBooks } from '../books/books-audit.js';
import { deliveriesOf, ledgerOf, ordersOf, readBooks } from '../books/read-books.js';
import { uncountedSales } from '../contracts/samples.js';
import { type BatchHarness, CUSTOMERS, type Played, type Scene } from './play.js';
import { type Act, KEYS } from './script.js';

/**
 * All that can be told of a shop where a script was played: answers, refusals, every row, and broken rules. Ids are
 * replaced by places in line, because a refused command uses an id up or not, and nobody is promised which.
 */
export async function transcriptOf(
  harness: BatchHarness,
  scene: Scene,
  played: readonly Played[],
  now: Instant,
): Promise<unknown> {
  const rows = await rowsOf(harness, scene, now);
  const names = namesOf(rows, scene);
  const books = await readBooks(harness, { ...scene, users: CUSTOMERS });
  const { answers, deliveries, ...others } = rows;
  return {
    outcomes: played.map(({ step, outcome }) =>
      renamed(outcome, names, ID_OF_ANSWER[step.act.does]),
    ),
    orders: renamed(others.orders, names, 'order'),
    entries: renamed(others.entries, names, 'walletEntry'),
    coupons: renamed(others.coupons, names, 'coupon'),
    wallets: others.wallets,
    stocks: renamed(others.stocks, names),
    campaigns: renamed(others.campaigns, names, 'couponCampaign'),
    sold: renamed(others.sold, names),
    deliveries: renamed(
      deliveries.map(({ payload, id: _id, ...delivery }) => ({
        ...delivery,
        message: JSON.parse(payload) as unknown,
      })),
      names,
    ),
    answers: answers.map(({ answer, ...remembered }) => {
      const { does } = JSON.parse(remembered.fingerprint) as Act;
      return { ...remembered, answer: renamed(JSON.parse(answer), names, ID_OF_ANSWER[does]) };
    }),
    brokenRules: auditBooks(books),
  };
}

async function rowsOf({ unitOfWork, queries }: BatchHarness, scene: Scene, now: Instant) {
  const { products, campaigns } = scene;
  const orders = [];
  const entries = [];
  const coupons = [];
  for (const customer of CUSTOMERS) {
    orders.push(...(await ordersOf(queries, customer)));
    entries.push(...(await ledgerOf(queries, customer)));
    coupons.push(...(await queries.coupons.ofUser(customer)));
  }
  const stocks = await unitOfWork.run((tx) => tx.stocks.lockMany(products));
  const keys = CUSTOMERS.flatMap((customer) => KEYS.map((key) => ({ userId: customer, key })));
  const answers = await queries.idempotency.find(keys);
  const sold = dailySalesOf(await uncountedSales(queries));
  const deliveries = await deliveriesOf(queries);
  return {
    orders,
    entries,
    deliveries: deliveries.toSorted((a, b) => a.orderId - b.orderId || a.sequence - b.sequence),
    coupons,
    wallets: [...(await queries.wallets.findMany(CUSTOMERS)).values()].toSorted(
      (a, b) => a.userId - b.userId,
    ),
    stocks: [...stocks.values()].map((stock) => stock.toSnapshot()),
    campaigns: (await queries.coupons.runningCampaigns(now)).filter(({ id }) =>
      campaigns.includes(id),
    ),
    answers: answers.toSorted((a, b) => a.userId - b.userId || (a.key < b.key ? -1 : 1)),
    sold: sold.filter(({ productId, quantity }) => products.includes(productId) && quantity !== 0),
  };
}

type Names = ReadonlyMap<IdKind, ReadonlyMap<number, string>>;

function namesOf(rows: Awaited<ReturnType<typeof rowsOf>>, scene: Scene): Names {
  const payments = rows.orders.flatMap((order) =>
    'payment' in order ? (order.payment ?? []) : [],
  );
  const ids: Readonly<Partial<Record<IdKind, readonly number[]>>> = {
    order: rows.orders.map(({ id }) => id),
    payment: payments.map(({ id }) => id),
    walletEntry: rows.entries.map(({ id }) => id),
    coupon: rows.coupons.map(({ id }) => id),
    product: scene.products,
    couponCampaign: scene.campaigns,
  };
  return new Map(
    (Object.entries(ids) as [IdKind, readonly number[]][]).map(([kind, all]) => [
      kind,
      new Map(all.toSorted((a, b) => a - b).map((id, at) => [id, `${kind} ${at + 1}`])),
    ]),
  );
}

const ID_FIELDS: Readonly<Record<string, IdKind>> = {
  orderId: 'order',
  paymentId: 'payment',
  chargeId: 'walletEntry',
  couponId: 'coupon',
  productId: 'product',
  campaignId: 'couponCampaign',
  couponCampaignId: 'couponCampaign',
};

/** What `id` means in what a command answers. */
const ID_OF_ANSWER: Readonly<Record<Act['does'], IdKind | undefined>> = {
  charge: undefined,
  place: 'order',
  pay: undefined,
  cancel: 'order',
  expire: undefined,
  restock: 'product',
  issue: 'coupon',
  grow: 'couponCampaign',
  end: 'couponCampaign',
};

function renamed(value: unknown, names: Names, idKind?: IdKind): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names, idKind));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, content]: [string, unknown]) => {
      const kind = field === 'id' ? idKind : ID_FIELDS[field];
      if (kind !== undefined && typeof content === 'number') {
        return [field, names.get(kind)?.get(content) ?? content];
      }
      return [field, renamed(content, names, field === 'payment' ? 'payment' : idKind)];
    }),
  );
}
