import { MAX_PRICE } from '@jumun/domain';
import { anyProduct, aProduct } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { repositoryContract } from './repository.contract.js';
import { HARD_TEXTS, LONG_TEXT, MOST, productIds } from './samples.js';

const anyStates = fc
  .sample(anyProduct(), { numRuns: 40, seed: 26 })
  .map((product, at) => aProduct({ ...product.toSnapshot(), id: 10_000 + at }));

/** What a store owes for products. */
export const productRepositoryContract: Contract<StoreHarness> = [
  ...repositoryContract({
    of: (tx) => tx.products,
    idOf: (product) => product.id,
    nth: (n) => aProduct({ id: n }),
    states: [
      aProduct({ id: 1, price: 0 }),
      aProduct({ id: 2, price: MAX_PRICE, description: LONG_TEXT }),
      aProduct({ id: 3, name: '가'.repeat(200), category: '나'.repeat(100) }),
      aProduct({ id: MOST }),
      ...HARD_TEXTS.map((text, at) =>
        aProduct({ id: 100 + at, name: text, category: text, description: text }),
      ),
      ...anyStates,
    ],
    changes: [
      [
        aProduct(),
        aProduct({ name: '유선 마우스 🐁', description: LONG_TEXT, category: '특가', price: 1 }),
      ],
    ],
  }),
  {
    sentence: 'reads products without locking, and leaves out those that are not there',
    async check({ unitOfWork }) {
      await unitOfWork.run((tx) => tx.products.addMany([aProduct({ id: 2 }), aProduct({ id: 1 })]));
      const found = await unitOfWork.run((tx) => tx.products.findMany(productIds(2, 1, 3, 2)));
      mustEqual(new Set(found.keys()), new Set(productIds(1, 2)), 'the products that were read');
      const second = found.get(aProduct({ id: 2 }).id);
      mustEqual(second?.toSnapshot(), aProduct({ id: 2 }).toSnapshot(), 'the product');
      const none = await unitOfWork.run((tx) => tx.products.findMany([]));
      mustEqual(none.size, 0, 'products read for no id');
    },
  },
];
