import { type Order, productId, type Review, userId } from '@jumun/domain';
import {
  aCancelledOrder,
  aCompletedOrder,
  anExpiredOrder,
  anOrder,
  aProduct,
  MONITOR,
  WIRELESS_MOUSE,
} from '@jumun/domain/testing';
import type { ProductCustomer } from '../../ports/repositories.js';
import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { aReview, FAR_FUTURE, HARD_TEXTS, LONG_TEXT, MOST, refundedOrder } from './samples.js';

const customer = (product: number, user: number): ProductCustomer => ({
  productId: productId(product),
  userId: userId(user),
});

const add = ({ unitOfWork }: StoreHarness, ...reviews: readonly Review[]): Promise<void> =>
  unitOfWork.run((tx) => tx.reviews.addMany(reviews));

const stored = ({ queries }: StoreHarness, product: number): Promise<readonly Review[]> =>
  queries.catalogue.reviews(productId(product), null, 100);

const register = ({ unitOfWork }: StoreHarness, ...ids: readonly number[]): Promise<void> =>
  unitOfWork.run((tx) => tx.products.addMany(ids.map((id) => aProduct({ id }))));

const place = ({ unitOfWork }: StoreHarness, ...orders: readonly Order[]): Promise<void> =>
  unitOfWork.run((tx) => tx.orders.addMany(orders));

/** What a store owes for reviews. Their products are stored first. */
export const reviewRepositoryContract: Contract<StoreHarness> = [
  {
    sentence: 'gives back every review as it was added',
    async check(harness) {
      await register(harness, 101);
      const reviews = ['', LONG_TEXT, ...HARD_TEXTS].map((text, at) =>
        aReview({ id: at + 1, user: at + 1, text, rating: (at % 5) + 1 }),
      );
      const last = aReview({ id: MOST, user: MOST, createdAt: FAR_FUTURE });
      await add(harness, ...reviews, last);
      mustEqual(await stored(harness, 101), [last, ...reviews.toReversed()], 'the reviews');
    },
  },
  {
    sentence: 'adds no second review of one customer for one product, nor what comes with it',
    async check(harness) {
      await register(harness, 101, 102);
      await add(harness, aReview({ id: 1, user: 7 }));
      const again = [aReview({ id: 2, user: 8 }), aReview({ id: 3, user: 7 })];
      await mustReject(add(harness, ...again), 'a second review by one customer');
      mustEqual((await stored(harness, 101)).length, 1, 'how many reviews there are');
      await add(harness, aReview({ id: 4, user: 7, product: 102 }));
    },
  },
  {
    sentence: 'finds who has reviewed what',
    async check(harness) {
      await register(harness, 101, 102);
      await add(harness, aReview({ id: 1, user: 7 }), aReview({ id: 2, user: 8, product: 102 }));
      const asked = [customer(101, 7), customer(101, 8), customer(102, 7), customer(102, 8)];
      const found = await harness.unitOfWork.run((tx) => tx.reviews.findReviewers(asked));
      mustEqual(new Set(found), new Set([customer(101, 7), customer(102, 8)]), 'reviewers');
    },
  },
  {
    sentence: 'takes for a buyer only who has a COMPLETED order with the product',
    async check(harness) {
      await place(
        harness,
        anOrder({ id: 1, userId: 1 }),
        aCompletedOrder({ id: 2, userId: 2, paymentId: 2 }),
        aCancelledOrder({ id: 3, userId: 3 }),
        refundedOrder({ id: 4, userId: 4, paymentId: 4 }),
        anExpiredOrder({ id: 5, userId: 5 }),
      );
      const asked = [1, 2, 3, 4, 5].map((user) => customer(101, user));
      const found = await harness.unitOfWork.run((tx) => tx.reviews.findBuyers(asked));
      mustEqual(found, [customer(101, 2)], 'buyers');
    },
  },
  {
    sentence: 'finds buyers by every product of their orders, each once however often they bought',
    async check(harness) {
      const items = [
        [MONITOR, 1],
        [WIRELESS_MOUSE, 2],
      ] as const;
      await place(
        harness,
        aCompletedOrder({ id: 1, items, paymentId: 1 }),
        aCompletedOrder({ id: 2, items, paymentId: 2 }),
      );
      const asked = [customer(104, 1), customer(101, 1), customer(104, 2), customer(103, 1)];
      const found = await harness.unitOfWork.run((tx) => tx.reviews.findBuyers(asked));
      mustEqual(found.length, 2, 'how often buyers are named');
      mustEqual(new Set(found), new Set([customer(101, 1), customer(104, 1)]), 'buyers');
    },
  },
  {
    sentence: 'does nothing for an empty set',
    async check(harness) {
      await add(harness);
      await harness.unitOfWork.run(async (tx) => {
        mustEqual(await tx.reviews.findReviewers([]), [], 'reviewers of nothing');
        mustEqual(await tx.reviews.findBuyers([]), [], 'buyers of nothing');
      });
    },
  },
];
