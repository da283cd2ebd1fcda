import type { Bench } from './bench.ts';
import { type Book, noted } from './books.ts';
import { complaintsAbout, type LoadResult, prepareLoad, type Scenario } from './load.ts';
import type { Service } from './service.ts';
import { productsOf, type Wishes } from './wishes.ts';

/** How customers order and pay. */
export type OrderLoad = Pick<
  Scenario,
  'connections' | 'pace' | 'warmUpSeconds' | 'seconds' | 'alsoExpected'
> & { readonly wishes: Wishes; readonly payAgain?: boolean };

/** One way to serve orders over HTTP, by one process or more. */
export class Contender {
  readonly name: string;
  readonly urls: readonly string[];
  private readonly book: Book;

  constructor(name: string, services: readonly Service[], book: Book) {
    this.name = name;
    this.urls = services.map(({ url }) => url);
    this.book = book;
  }

  /** Lets customers order and pay. What nobody should be answered makes the bench fail. */
  async serve(bench: Bench, load: OrderLoad): Promise<LoadResult> {
    const start = await this.prepare(bench, load);
    return start();
  }

  /** Gets everything ready for {@link serve}, which is begun by calling what this resolves to. */
  async prepare(bench: Bench, load: OrderLoad): Promise<() => Promise<LoadResult>> {
    const { wishes, payAgain = false, ...rest } = load;
    const scenario: Scenario = {
      ...rest,
      urls: this.urls,
      customers: { first: 1, count: this.book.db.seed.customers },
      journey: { kind: 'ORDER', products: productsOf(wishes), payAgain },
    };
    const prepared = await prepareLoad(scenario);
    return async () => {
      const result = await noted(this.book, prepared.run());
      bench.expectNone(complaintsAbout(result, `${this.name}, ${wishes}`));
      return result;
    };
  }
}

/** How many of the answers had this status. */
export const shareOf = ({ byStatus }: LoadResult, status: number): number => {
  const all = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  return all === 0 ? 0 : (byStatus[status] ?? 0) / all;
};
