import type { Repository } from '../../ports/repositories.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { type Contract, must, mustEqual, mustReject, type StoreHarness } from './contract.js';

/** One kind of aggregate, as the rules that all repositories share look at it. */
export interface RepositoryKind<Id, Aggregate extends { toSnapshot(): unknown }> {
  readonly of: (tx: Transaction) => Repository<Id, Aggregate>;
  readonly idOf: (aggregate: Aggregate) => Id;
  /** An ordinary aggregate for each number from 1 on; ids ascend with the numbers. */
  readonly nth: (n: number) => Aggregate;
  /** Aggregates in every state, extreme ones too, with different ids. */
  readonly states: readonly Aggregate[];
  /** Aggregates before and after each change that can be saved. */
  readonly changes: readonly (readonly [before: Aggregate, after: Aggregate])[];
  /** Puts what these aggregates refer to into the store. */
  readonly prepare?: (tx: Transaction, aggregates: readonly Aggregate[]) => Promise<void>;
}

const MANY = 1_500;

/** The rules that every repository of aggregates owes. */
export const repositoryContract = <Id, Aggregate extends { toSnapshot(): unknown }>(
  kind: RepositoryKind<Id, Aggregate>,
): Contract<StoreHarness> => {
  const { of, idOf, nth, states, changes } = kind;
  const [first, second, third] = [nth(1), nth(2), nth(3)];
  const [firstChange] = changes;
  must(firstChange !== undefined, 'a kind of aggregate that can change');

  const prepare = async (
    { unitOfWork }: StoreHarness,
    aggregates: readonly Aggregate[],
  ): Promise<void> => unitOfWork.run(async (tx) => kind.prepare?.(tx, aggregates));
  const add = ({ unitOfWork }: StoreHarness, aggregates: readonly Aggregate[]): Promise<void> =>
    unitOfWork.run((tx) => of(tx).addMany(aggregates));
  const load = (
    { unitOfWork }: StoreHarness,
    ids: readonly Id[],
  ): Promise<ReadonlyMap<Id, Aggregate>> => unitOfWork.run((tx) => of(tx).lockMany(ids));
  const mustHold = async (
    harness: StoreHarness,
    expected: readonly Aggregate[],
    absent: readonly Aggregate[] = [],
  ): Promise<void> => {
    const found = await load(harness, [...expected, ...absent].map(idOf));
    for (const aggregate of expected) {
      const stored = found.get(idOf(aggregate))?.toSnapshot();
      mustEqual(stored, aggregate.toSnapshot(), 'what is stored');
    }
    mustEqual(found.size, expected.length, 'how many rows there are');
  };

  return [
    {
      sentence: 'gives back every state as it was added',
      async check(harness) {
        await prepare(harness, states);
        await add(harness, states);
        await mustHold(harness, states);
      },
    },
    {
      sentence: 'gives back every state as it was saved',
      async check(harness) {
        for (const [before, after] of changes) {
          const { unitOfWork } = harness;
          await unitOfWork.run(async (tx) => kind.prepare?.(tx, [before]));
          await add(harness, [before]);
          await unitOfWork.run(async (tx) => {
            await of(tx).lockMany([idOf(before)]);
            await of(tx).saveMany([after]);
          });
          await mustHold(harness, [after]);
        }
      },
    },
    {
      sentence: 'changes no other row than those it saves',
      async check(harness) {
        const [before, after] = firstChange;
        const bystander = [first, second].find((each) => idOf(each) !== idOf(before));
        must(bystander !== undefined, 'an aggregate with another id');
        await prepare(harness, [before, bystander]);
        await add(harness, [before, bystander]);
        await harness.unitOfWork.run(async (tx) => {
          await of(tx).lockMany([idOf(before), idOf(bystander)]);
          await of(tx).saveMany([after]);
        });
        await mustHold(harness, [after, bystander]);
      },
    },
    {
      sentence: 'loads ids ascending, each once, without those that have no row',
      async check(harness) {
        await prepare(harness, [first, second, third]);
        await add(harness, [third, first]);
        const found = await load(harness, [third, second, first, third].map(idOf));
        mustEqual([...found.keys()], [first, third].map(idOf), 'the ids that were loaded');
      },
    },
    {
      sentence: 'does nothing for an empty set',
      async check(harness) {
        await add(harness, []);
        await harness.unitOfWork.run((tx) => of(tx).saveMany([]));
        mustEqual((await load(harness, [])).size, 0, 'rows loaded for no id');
      },
    },
    {
      sentence: 'adds no row of a set in which one is there already',
      async check(harness) {
        await prepare(harness, [first, second]);
        await add(harness, [second]);
        await mustReject(add(harness, [first, second]), 'adding a row that is there');
        await mustHold(harness, [second], [first]);
      },
    },
    {
      sentence: 'adds no row of a set that has one twice',
      async check(harness) {
        await prepare(harness, [first, second]);
        await mustReject(add(harness, [first, second, second]), 'adding a row twice');
        await mustHold(harness, [], [first, second]);
      },
    },
    {
      sentence: 'refuses to save a row that is not there, and then saves none',
      async check(harness) {
        const [before, after] = firstChange;
        const missing = [first, second].find((each) => idOf(each) !== idOf(before));
        must(missing !== undefined, 'an aggregate with another id');
        await prepare(harness, [before, missing]);
        await add(harness, [before]);
        const saving = harness.unitOfWork.run(async (tx) => {
          await of(tx).lockMany([idOf(before), idOf(missing)]);
          await of(tx).saveMany([after, missing]);
        });
        await mustReject(saving, 'saving a row that is not there');
        await mustHold(harness, [before], [missing]);
      },
    },
    {
      sentence: 'sees what its own transaction has written',
      async check(harness) {
        const [before, after] = firstChange;
        await prepare(harness, [before]);
        const seen = await harness.unitOfWork.run(async (tx) => {
          await of(tx).addMany([before]);
          await of(tx).lockMany([idOf(before)]);
          await of(tx).saveMany([after]);
          return of(tx).lockMany([idOf(before)]);
        });
        mustEqual(seen.get(idOf(before))?.toSnapshot(), after.toSnapshot(), 'the row as written');
      },
    },
    {
      sentence: `adds, locks and saves ${MANY} rows at once`,
      async check(harness) {
        const many = Array.from({ length: MANY }, (_, at) => nth(at + 1));
        await prepare(harness, many);
        await add(harness, many);
        await harness.unitOfWork.run(async (tx) => {
          const locked = await of(tx).lockMany(many.map(idOf).toReversed());
          mustEqual(locked.size, MANY, 'rows locked at once');
          await of(tx).saveMany([...locked.values()]);
        });
        await mustHold(harness, many);
      },
    },
  ];
};
