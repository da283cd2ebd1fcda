import { afterSeconds, type Product, productId, won } from '@jumun/domain';
import { aProduct, aStock, NOON } from '@jumun/domain/testing';
import type { ReviewPosition } from '../../ports/queries.js';
import { type Contract, must, mustEqual, type StoreHarness } from './contract.js';
import { aReview, HARD_TEXTS, idsOf, LONG_TEXT, productIds } from './samples.js';

interface Shelved {
  readonly product: Product;
  readonly onHand?: number;
  readonly reserved?: number;
}

const shelve = ({ unitOfWork }: StoreHarness, ...shelved: readonly Shelved[]): Promise<void> =>
  unitOfWork.run(async (tx) => {
    await tx.products.addMany(shelved.map(({ product }) => product));
    await tx.stocks.addMany(
      shelved.map(({ product, onHand = 10, reserved = 0 }) =>
        aStock({ productId: product.id, onHand, reserved }),
      ),
    );
  });

const named = (...names: readonly string[]): readonly Shelved[] =>
  names.map((name, at) => ({ product: aProduct({ id: at + 1, name }) }));

const priced = (
  category: string,
  first: number,
  ...prices: readonly number[]
): readonly Shelved[] =>
  prices.map((price, at) => ({ product: aProduct({ id: first + at, category, price }) }));

const everything = { text: null, category: null };

const found = async (
  { queries }: StoreHarness,
  text: string | null,
  category: string | null = null,
): Promise<readonly number[]> => {
  const items = await queries.catalogue.search({ text, category }, 0, 100);
  const count = await queries.catalogue.count({ text, category });
  mustEqual(count, items.length, `the count of products found by ${text}`);
  return idsOf(items);
};

const searches: Contract<StoreHarness> = [
  {
    sentence: 'lists products by id, page by page, and counts them all',
    async check(harness) {
      const ids = [5, 3, 9, 1, 7, 12, 11];
      await shelve(harness, ...ids.map((id) => ({ product: aProduct({ id }) })));
      const page = async (offset: number, limit: number): Promise<readonly number[]> =>
        idsOf(await harness.queries.catalogue.search(everything, offset, limit));
      mustEqual(await page(0, 3), [1, 3, 5], 'the first page');
      mustEqual(await page(3, 3), [7, 9, 11], 'the second page');
      mustEqual(await page(6, 3), [12], 'the last page');
      mustEqual(await page(7, 3), [], 'the page after the last');
      mustEqual(await harness.queries.catalogue.count(everything), 7, 'the count');
    },
  },
  {
    sentence: 'tells what can be ordered now: pieces on hand without those that are held',
    async check(harness) {
      const product = aProduct({ id: 7, name: '무선 마우스 🖱', category: '마우스', price: 25_000 });
      const soldOut = { product: aProduct({ id: 8 }), onHand: 2, reserved: 2 };
      await shelve(harness, { product, onHand: 50, reserved: 8 }, soldOut);
      const [first] = await harness.queries.catalogue.search(everything, 0, 1);
      const { id, name, category, price } = product;
      mustEqual(first, { id, name, category, price, stock: 42 }, 'the product on the shelf');
      const stocks = await harness.queries.catalogue.stocks(productIds(8, 7, 9));
      mustEqual([stocks.size, stocks.get(id), stocks.get(productId(8))], [2, 42, 0], 'stocks');
    },
  },
  {
    sentence: 'tells how many pieces there are, and how many of them are held',
    async check(harness) {
      const product = aProduct({ id: 7 });
      await shelve(harness, { product, onHand: 50, reserved: 8 });
      const shelves = await harness.queries.catalogue.shelves(productIds(8, 7));
      mustEqual([...shelves.keys()], [7], 'the products');
      mustEqual(shelves.get(product.id), { productId: 7, onHand: 50, reserved: 8 }, 'the pieces');
    },
  },
  {
    sentence: 'finds a part of the name, whatever the case of its letters',
    async check(harness) {
      await shelve(harness, ...named('Gaming MOUSE', 'mousepad', 'Keyboard', '마우스 Mouse'));
      mustEqual(await found(harness, 'mouse'), [1, 2, 4], 'products found by mouse');
      mustEqual(await found(harness, 'MoUsE'), [1, 2, 4], 'products found by MoUsE');
      mustEqual(await found(harness, '마우'), [4], 'products found by 마우');
      mustEqual(await found(harness, 'g m'), [1], 'products found by a part with a space');
      mustEqual(await found(harness, 'webcam'), [], 'products found by webcam');
    },
  },
  {
    sentence: 'takes %, _ and \\ in a search for what they are',
    async check(harness) {
      await shelve(
        harness,
        ...named('100% cotton', '100 per cent', 'a_b', 'axb', 'C:\\temp', '\\%'),
      );
      mustEqual(await found(harness, '%'), [1, 6], 'products found by %');
      mustEqual(await found(harness, '0%'), [1], 'products found by 0%');
      mustEqual(await found(harness, '_'), [3], 'products found by _');
      mustEqual(await found(harness, 'a_b'), [3], 'products found by a_b');
      mustEqual(await found(harness, '\\'), [5, 6], 'products found by a backslash');
      mustEqual(await found(harness, '\\%'), [6], 'products found by a backslash and %');
    },
  },
  {
    sentence: 'takes quotes and emoji in a search for what they are',
    async check(harness) {
      await shelve(harness, ...named(`Men's "best"`, '마우스 🖱', '키보드 ⌨', '무료 배송'));
      mustEqual(await found(harness, `n's "`), [1], 'products found by quotes');
      mustEqual(await found(harness, '🖱'), [2], 'products found by 🖱');
      mustEqual(await found(harness, `'; DROP TABLE products; --`), [], 'products found by SQL');
    },
  },
  {
    sentence: 'finds a whole category, and text and category together',
    async check(harness) {
      await shelve(
        harness,
        { product: aProduct({ id: 1, name: 'mouse', category: '마우스' }) },
        { product: aProduct({ id: 2, name: 'mouse', category: '마우스 패드' }) },
        { product: aProduct({ id: 3, name: 'pad', category: '마우스' }) },
      );
      mustEqual(await found(harness, null, '마우스'), [1, 3], 'products of a category');
      mustEqual(await found(harness, 'mouse', '마우스'), [1], 'mice of a category');
      mustEqual(await found(harness, null, '마우'), [], 'products of a part of a category');
      mustEqual(await found(harness, null, '마우%'), [], 'products of a pattern');
    },
  },
  {
    sentence: 'finds the texts of products, and leaves out those that are not there',
    async check(harness) {
      const products = [...HARD_TEXTS, LONG_TEXT].map((description, at) =>
        aProduct({ id: at + 1, description }),
      );
      await shelve(harness, ...products.map((product) => ({ product })));
      const ids = products.map(({ id }) => id);
      const there = await harness.queries.catalogue.findMany([...ids, productId(99)]);
      mustEqual(there.size, ids.length, 'how many products were found');
      for (const product of products) {
        mustEqual(there.get(product.id), product.toSnapshot(), 'the product');
      }
      mustEqual((await harness.queries.catalogue.findMany([])).size, 0, 'found for no id');
    },
  },
];

const reviews: Contract<StoreHarness> = [
  {
    sentence:
      'lists reviews newest first, those of one moment by id, and goes on where a page ended',
    async check(harness) {
      await shelve(harness, { product: aProduct() }, { product: aProduct({ id: 102 }) });
      const times = [0, 60, 60, 60, 120];
      const given = times.map((seconds, at) =>
        aReview({ id: at + 1, user: at + 1, createdAt: afterSeconds(NOON, seconds) }),
      );
      const elsewhere = aReview({ id: 9, product: 102, createdAt: afterSeconds(NOON, 60) });
      await harness.unitOfWork.run((tx) => tx.reviews.addMany([...given, elsewhere]));
      const page = (after: ReviewPosition | null, limit: number) =>
        harness.queries.catalogue.reviews(productId(101), after, limit);
      mustEqual(idsOf(await page(null, 10)), [5, 4, 3, 2, 1], 'all reviews');
      const first = await page(null, 2);
      mustEqual(idsOf(first), [5, 4], 'the first page');
      const second = await page(first[1] ?? null, 2);
      mustEqual(idsOf(second), [3, 2], 'the page after it, in the middle of a moment');
      mustEqual(idsOf(await page(second[1] ?? null, 2)), [1], 'the last page');
      mustEqual(idsOf(await page(given[0] ?? null, 2)), [], 'the page after the last');
    },
  },
  {
    sentence: 'rates a product by the mean of all its reviews',
    async check(harness) {
      await shelve(harness, { product: aProduct() }, { product: aProduct({ id: 102 }) });
      const stars = [5, 4, 2];
      await harness.unitOfWork.run((tx) =>
        tx.reviews.addMany(
          stars.map((rating, at) => aReview({ id: at + 1, user: at + 1, rating })),
        ),
      );
      const ratings = await harness.queries.catalogue.ratings(productIds(101, 102));
      const rated = ratings.get(productId(101));
      must(rated !== undefined, 'a product with reviews has a rating');
      mustEqual(rated.count, 3, 'how many reviews there are');
      const isMean = typeof rated.average === 'number' && Math.abs(rated.average - 11 / 3) < 1e-3;
      must(isMean, `the mean of 5, 4 and 2 is 3.667: ${String(rated.average)}`);
      const unrated = ratings.get(productId(102)) ?? { average: 0, count: 0 };
      mustEqual(unrated, { average: 0, count: 0 }, 'the rating of a product without reviews');
    },
  },
];

const alternatives: Contract<StoreHarness> = [
  {
    sentence: 'finds the nearest in price on either side, in stock and of the category',
    async check(harness) {
      await shelve(
        harness,
        ...priced('마우스', 1, 10_000, 20_000, 24_000, 25_000, 26_000, 30_000, 90_000),
        ...priced('키보드', 50, 25_000),
        {
          product: aProduct({ id: 60, category: '마우스', price: 25_001 }),
          onHand: 3,
          reserved: 3,
        },
        { product: aProduct({ id: 61, category: '마우스', price: 24_999 }), onHand: 0 },
      );
      const near = (price: number, limit: number) =>
        harness.queries.catalogue.nearPrice('마우스', won(price), limit);
      mustEqual(new Set(idsOf(await near(25_000, 2))), new Set([4, 5, 3, 2]), 'two on either side');
      mustEqual(new Set(idsOf(await near(25_000, 1))), new Set([4, 3]), 'one on either side');
      mustEqual(new Set(idsOf(await near(0, 2))), new Set([1, 2]), 'none below');
      mustEqual(new Set(idsOf(await near(90_001, 2))), new Set([7, 6]), 'none above');
      const all = await near(25_000, 50);
      mustEqual(new Set(idsOf(all)), new Set([1, 2, 3, 4, 5, 6, 7]), 'all in stock');
      const [id, name, category] = [productId(1), '무선 마우스', '마우스'];
      const cheapest = { id, name, category, price: 10_000, stock: 10 };
      mustEqual(
        all.find((product) => product.id === id),
        cheapest,
        'a product as it stands on the shelf',
      );
    },
  },
];

/** What reads of the catalogue owe. */
export const catalogueQueriesContract: Contract<StoreHarness> = [
  ...searches,
  ...reviews,
  ...alternatives,
];
