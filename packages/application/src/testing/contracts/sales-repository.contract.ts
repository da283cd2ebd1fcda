import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { aSale, MOST, productIds, salesDay } from './samples.js';

const pieces = async ({ queries }: StoreHarness, product: number): Promise<number> => {
  const ids = productIds(product);
  const sold = await queries.sales.piecesSold(ids, salesDay(20_240_101));
  return [...sold.values()][0] ?? 0;
};

/** What a store owes for sales records. It is asked to store them without their orders and products. */
export const salesRepositoryContract: Contract<StoreHarness> = [
  {
    sentence: 'appends sales and refunds, so that both are counted',
    async check(harness) {
      await harness.unitOfWork.run((tx) =>
        tx.sales.append([
          aSale({ order: 1, quantity: 3, revenue: 75_000 }),
          aSale({ order: 2, quantity: 2, revenue: 0 }),
          aSale({ order: MOST, product: 102, quantity: 999, revenue: MOST }),
        ]),
      );
      await harness.unitOfWork.run((tx) =>
        tx.sales.append([aSale({ order: 1, quantity: -3, revenue: -75_000 })]),
      );
      mustEqual(await pieces(harness, 101), 2, 'pieces of product 101 sold');
      mustEqual(await pieces(harness, 102), 999, 'pieces of product 102 sold');
    },
  },
  {
    sentence: 'appends nothing for an empty set, and nothing that was rolled back',
    async check(harness) {
      await harness.unitOfWork.run((tx) => tx.sales.append([]));
      const work = harness.unitOfWork.run(async (tx) => {
        await tx.sales.append([aSale()]);
        throw new Error('rolled back');
      });
      await mustReject(work, 'a work that throws');
      mustEqual(await pieces(harness, 101), 0, 'pieces sold');
    },
  },
];
