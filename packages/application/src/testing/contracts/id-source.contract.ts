import type { IdKind, IdSource } from '../../ports/id-source.js';
import { type Contract, must, mustEqual } from './contract.js';

export interface IdSourceHarness {
  readonly ids: IdSource;
  /** Another process that gives ids of the same store. */
  readonly rival: IdSource;
}

const KINDS: readonly IdKind[] = [
  'product',
  'order',
  'payment',
  'walletEntry',
  'couponCampaign',
  'coupon',
  'review',
  'delivery',
];

const MANY = 5_000;

const isAscending = (ids: readonly number[]): boolean =>
  ids.every((id, at) => at === 0 || id > (ids[at - 1] ?? 0));

const isId = (id: unknown): boolean => Number.isSafeInteger(id) && (id as number) > 0;

/** What a source of ids owes. */
export const idSourceContract: Contract<IdSourceHarness> = [
  {
    sentence: 'gives as many ids as it is asked for, ascending',
    async check({ ids }) {
      for (const count of [1, 7, MANY]) {
        const given = await ids.allocate('order', count);
        mustEqual(given.length, count, 'how many ids were given');
        must(given.every(isId), `an id is a positive safe integer: ${given.slice(0, 5).join()}`);
        must(isAscending(given), `ids ascend: ${given.slice(0, 5).join()}`);
      }
    },
  },
  {
    sentence: 'gives none when asked for none',
    async check({ ids }) {
      mustEqual(await ids.allocate('coupon', 0), [], 'the ids');
    },
  },
  {
    sentence: 'gives no id twice, whoever asks and however many at once',
    async check({ ids, rival }) {
      const sources = [ids, rival, ids, rival, rival, ids, ids, rival];
      const asked = sources.flatMap((source) =>
        [1, 100, 3, 1_000].map((count) => source.allocate('order', count)),
      );
      const given = (await Promise.all(asked)).flat();
      mustEqual(given.length, 8 * 1_104, 'how many ids were given');
      mustEqual(new Set(given).size, given.length, 'how many different ids were given');
    },
  },
  {
    sentence: 'goes up for one caller that asks again',
    async check({ ids }) {
      const given: number[] = [];
      for (let time = 0; time < 50; time += 1) given.push(...(await ids.allocate('payment', 3)));
      must(isAscending(given), 'later ids are greater than earlier ones');
    },
  },
  {
    sentence: 'counts every kind for itself',
    async check({ ids }) {
      const first = new Map<IdKind, number>();
      for (const kind of KINDS) first.set(kind, (await ids.allocate(kind, 1))[0] ?? 0);
      await ids.allocate('order', MANY);
      for (const kind of KINDS.filter((each) => each !== 'order')) {
        const [next] = await ids.allocate(kind, 1);
        const step = (next ?? 0) - (first.get(kind) ?? 0);
        must(step > 0 && step < MANY, `${MANY} orders move ${kind} ids on by ${step}`);
      }
    },
  },
];
