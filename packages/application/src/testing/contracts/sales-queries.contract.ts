import { productId } from '@jumun/domain';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { aSale, countSales, productIds, salesDay } from './samples.js';

/** What reads of the sales owe. */
export const salesQueriesContract: Contract<StoreHarness> = [
  {
    sentence: 'tells the pieces counted from a day on, without those that were refunded',
    async check({ unitOfWork, queries }) {
      await unitOfWork.run((tx) =>
        tx.sales.append([
          aSale({ order: 1, day: 20_240_114, quantity: 100 }),
          aSale({ order: 2, day: 20_240_115, quantity: 20 }),
          aSale({ order: 3, day: 20_240_117, quantity: 3 }),
          aSale({ order: 4, day: 20_240_117, quantity: 7 }),
          aSale({ order: 4, day: 20_240_117, quantity: -7 }),
          aSale({ order: 5, day: 20_240_116, product: 102, quantity: 5 }),
          aSale({ order: 6, day: 20_240_116, product: 103, quantity: 5 }),
          aSale({ order: 7, day: 20_240_116, product: 105, quantity: 2 }),
          aSale({ order: 7, day: 20_240_116, product: 105, quantity: -2 }),
        ]),
      );
      await countSales(unitOfWork);
      const sold = await queries.sales.piecesSold(
        productIds(101, 102, 104, 105),
        salesDay(20_240_115),
      );
      const of = (id: number): number | undefined => sold.get(productId(id));
      mustEqual(of(101), 23, 'pieces of 101 sold from the 15th on');
      mustEqual(of(102), 5, 'pieces of 102');
      mustEqual(of(103), undefined, 'pieces of a product that was not asked for');
      mustEqual(of(104), undefined, 'pieces of a product without sales');
      mustEqual(of(105) ?? 0, 0, 'pieces of a product whose every sale was refunded');
      const none = await queries.sales.piecesSold([], salesDay(20_240_115));
      mustEqual(none.size, 0, 'sales of no product');
    },
  },
];
