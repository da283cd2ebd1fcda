import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { aSale, MOST, uncountedSales } from './samples.js';

/** What a store owes for sales records. It is asked to store them without their orders and products. */
export const salesRepositoryContract: Contract<StoreHarness> = [
  {
    sentence: 'appends sales and refunds as they are, to be counted',
    async check({ unitOfWork, queries }) {
      const sales = [
        aSale({ order: 1, quantity: 3, revenue: 75_000 }),
        aSale({ order: 2, quantity: 2, revenue: 0 }),
        aSale({ order: MOST, product: 102, day: 20_231_231, quantity: 999, revenue: MOST }),
      ];
      await unitOfWork.run((tx) => tx.sales.append(sales));
      const refund = aSale({ order: 1, quantity: -3, revenue: -75_000 });
      await unitOfWork.run((tx) => tx.sales.append([refund]));
      const found = await uncountedSales(queries);
      mustEqual(new Set(found), new Set([...sales, refund]), 'the records');
    },
  },
  {
    sentence: 'appends nothing for an empty set, and nothing that was rolled back',
    async check({ unitOfWork, queries }) {
      await unitOfWork.run((tx) => tx.sales.append([]));
      const work = unitOfWork.run(async (tx) => {
        await tx.sales.append([aSale()]);
        throw new Error('rolled back');
      });
      await mustReject(work, 'a work that throws');
      mustEqual(await uncountedSales(queries), [], 'the records');
    },
  },
];
