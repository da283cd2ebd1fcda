import { afterSeconds, type Instant } from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import type { Delivery, DeliveryId, NewDelivery } from '../../delivery/delivery.js';
import type { DeliveryProgress } from '../../ports/repositories.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { type Contract, must, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { aNewDelivery, FAR_FUTURE, HARD_TEXTS, idsOf, MOST } from './samples.js';

const append = ({ unitOfWork }: StoreHarness, ...all: readonly NewDelivery[]): Promise<void> =>
  unitOfWork.run((tx) => tx.deliveries.append(all));

const list = (
  { queries }: StoreHarness,
  before: number | null = null,
  limit = 100,
): Promise<readonly Delivery[]> =>
  queries.deliveries.list(null, before as DeliveryId | null, limit);

const later = (seconds: number): Instant => afterSeconds(NOON, seconds);
const ID = (id: number): DeliveryId => id as DeliveryId;
const ORDER = (id: number): NewDelivery['orderId'] => id as NewDelivery['orderId'];

/** Takes what is due as a relay does: locks and leases it in one transaction. Returns the ids. */
const take = (
  unitOfWork: UnitOfWork,
  { by = NOON, limit = 100, until = later(30), trips = 0 } = {},
): Promise<readonly number[]> =>
  unitOfWork.run(async (tx) => {
    const due = await tx.deliveries.lockDue('PENDING', by, limit);
    await pass(tx, trips);
    await tx.deliveries.lease(
      due.map(({ id }) => id),
      until,
    );
    return idsOf(due);
  });

/** Lets time go by inside a transaction, a round trip at a time. */
async function pass(tx: Transaction, roundTrips: number): Promise<void> {
  for (let trip = 0; trip < roundTrips; trip += 1) await tx.deliveries.findUndelivered([ORDER(9)]);
}

const progress = (id: number, of: Partial<DeliveryProgress>): DeliveryProgress => ({
  id: ID(id),
  status: 'PENDING',
  lastError: null,
  nextAttemptAt: null,
  deliveredAt: null,
  ...of,
});

const failed = (id: number, nextAttemptAt: Instant | null = null): DeliveryProgress =>
  progress(id, { status: 'FAILED', lastError: 'answered 503', nextAttemptAt });

const delivered = (id: number): DeliveryProgress =>
  progress(id, { status: 'DELIVERED', deliveredAt: NOON });

const save = ({ unitOfWork }: StoreHarness, ...all: readonly DeliveryProgress[]): Promise<void> =>
  unitOfWork.run(async ({ deliveries }) => {
    await deliveries.lockMany(all.map(({ id }) => id));
    await deliveries.saveMany(all);
  });

/** Of every message, by id: when it is due, and how often it was tried. */
const standings = async (harness: StoreHarness): Promise<readonly unknown[]> =>
  (await list(harness))
    .toReversed()
    .map(({ id, status, attempts, nextAttemptAt }) => [id, status, attempts, nextAttemptAt]);

const claiming: Contract<StoreHarness> = [
  {
    sentence: 'gives messages that are due, the longest due first, up to the limit, whole',
    async check(harness) {
      const { unitOfWork } = harness;
      const times = [3, 1, 2, 0, 4].map((second, at) =>
        aNewDelivery({ id: at + 1, order: at + 1, createdAt: later(second) }),
      );
      await append(harness, ...times, aNewDelivery({ id: 6, order: 6, createdAt: later(5) }));
      const due = await unitOfWork.run(({ deliveries }) =>
        deliveries.lockDue('PENDING', later(4), 4),
      );
      mustEqual(idsOf(due), [4, 2, 3, 1], 'what is due');
      const stored = (await list(harness)).find(({ id }) => id === due[0]?.id);
      mustEqual(due[0], stored, 'the first one');
      const none = await unitOfWork.run(({ deliveries }) =>
        deliveries.lockDue('FAILED', FAR_FUTURE, 9),
      );
      mustEqual(none, [], 'those that are FAILED');
    },
  },
  {
    sentence: 'counts an attempt of what is leased, and gives it to nobody before the lease ends',
    async check(harness) {
      const { unitOfWork, rival } = harness;
      await append(harness, aNewDelivery());
      mustEqual(await take(unitOfWork), [1], 'what the first one takes');
      mustEqual(await standings(harness), [[1, 'PENDING', 1, later(30)]], 'the message');
      mustEqual(await take(rival, { by: later(29) }), [], 'what is left during the lease');
      mustEqual(await take(rival, { by: later(30), until: later(60) }), [1], 'what is left then');
      mustEqual(await standings(harness), [[1, 'PENDING', 2, later(60)]], 'the message then');
    },
  },
  {
    sentence: 'gives each message to one of many who take at the same time, and none waits',
    async check(harness) {
      const { unitOfWork, rival } = harness;
      const ids = Array.from({ length: 40 }, (_, at) => at + 1);
      await append(harness, ...ids.map((id) => aNewDelivery({ id, order: id })));
      const takers = [unitOfWork, rival, unitOfWork, rival, unitOfWork, rival];
      const taken = await Promise.all(takers.map((each) => take(each, { limit: 5, trips: 4 })));
      const all = [...taken.flat(), ...(await take(unitOfWork))];
      mustEqual(
        all.toSorted((a, b) => a - b),
        ids,
        'what all of them took',
      );
    },
  },
  {
    sentence: 'passes over what another transaction has in hand, and finds it afterwards',
    async check({ unitOfWork, rival, queries }) {
      const first = aNewDelivery({ id: 1, order: 1 });
      await unitOfWork.run((tx) => tx.deliveries.append([first]));
      let meanwhile: Promise<readonly number[]> = Promise.resolve([]);
      await rival.run(async (tx) => {
        await tx.deliveries.lockDue('PENDING', NOON, 1);
        await tx.deliveries.append([aNewDelivery({ id: 2, order: 2 })]);
        meanwhile = unitOfWork.run(async (own) => {
          await own.deliveries.append([aNewDelivery({ id: 3, order: 3 })]);
          return idsOf(await own.deliveries.lockDue('PENDING', NOON, 9));
        });
        await pass(tx, 20);
      });
      const found = await meanwhile;
      must(found.includes(3), 'its own message is found');
      mustEqual(await take(unitOfWork), [1, 2, 3], 'what is found afterwards');
      mustEqual((await queries.deliveries.backlog()).pending, 3, 'how many wait');
    },
  },
  {
    sentence: 'has leased nothing when the transaction is rolled back',
    async check(harness) {
      await append(harness, aNewDelivery());
      const work = harness.unitOfWork.run(async ({ deliveries }) => {
        const due = await deliveries.lockDue('PENDING', NOON, 1);
        await deliveries.lease(
          due.map(({ id }) => id),
          later(30),
        );
        throw new Error('rolled back');
      });
      await mustReject(work, 'a work that throws');
      mustEqual(await standings(harness), [[1, 'PENDING', 0, NOON]], 'the message');
    },
  },
  {
    sentence: 'gives a FAILED message when it is to be sent again, and never one that is refused',
    async check(harness) {
      const { unitOfWork } = harness;
      const all = [1, 2, 3].map((id) => aNewDelivery({ id, order: id }));
      await append(harness, ...all);
      await save(harness, failed(1, later(30)), failed(2), failed(3, later(20)));
      const due = (by: Instant) =>
        unitOfWork.run(async ({ deliveries }) => idsOf(await deliveries.lockDue('FAILED', by, 9)));
      mustEqual(await due(later(19)), [], 'what is due too early');
      mustEqual(await due(FAR_FUTURE), [3, 1], 'what is ever due');
      await unitOfWork.run(async ({ deliveries }) => {
        await deliveries.lockDue('FAILED', later(20), 9);
        await deliveries.lease([ID(3)], later(50));
      });
      const [, , third] = await standings(harness);
      mustEqual(third, [3, 'PENDING', 1, later(50)], 'one that is sent again');
    },
  },
];

const MANY = 1_100;

const settling: Contract<StoreHarness> = [
  {
    sentence: 'saves what became of messages, many at once, and locks them before',
    async check(harness) {
      const ids = Array.from({ length: MANY }, (_, at) => at + 1);
      await append(harness, ...ids.map((id) => aNewDelivery({ id, order: id })));
      const all = ids.map((id) =>
        [delivered(id), failed(id, later(id)), progress(id, { nextAttemptAt: later(id) })].at(
          id % 3,
        ),
      ) as readonly DeliveryProgress[];
      const held = await harness.unitOfWork.run(async ({ deliveries }) => {
        const locked = await deliveries.lockMany([...ids.map(ID), ID(MANY + 1)]);
        await deliveries.saveMany(all);
        return locked;
      });
      mustEqual([...held.keys()], ids, 'what was locked');
      mustEqual(
        held.get(ID(7)),
        { id: 7, orderId: 7, sequence: 1, status: 'PENDING', attempts: 0 },
        'a message that was locked',
      );
      const found = await list(harness, null, MANY);
      mustEqual(
        found.map(({ id, status, lastError, nextAttemptAt, deliveredAt }) => ({
          id,
          status,
          lastError,
          nextAttemptAt,
          deliveredAt,
        })),
        all.toReversed(),
        'what was saved',
      );
      const { pending, failed: unlucky } = await harness.queries.deliveries.backlog();
      const countOf = (status: string): number =>
        all.filter((each) => each.status === status).length;
      mustEqual([pending, unlucky], [countOf('PENDING'), countOf('FAILED')], 'the backlog');
    },
  },
  {
    sentence: 'fails to save or to lease a message that is not there',
    async check(harness) {
      await append(harness, aNewDelivery());
      await mustReject(save(harness, delivered(1), delivered(2)), 'a message that is not there');
      mustEqual(await standings(harness), [[1, 'PENDING', 0, NOON]], 'the other message');
    },
  },
  {
    sentence: 'tells which messages of an order are not delivered, FAILED ones too',
    async check(harness) {
      const message = (id: number, order: number, sequence: number) =>
        aNewDelivery({ id, order, sequence });
      await append(harness, message(1, 1, 1), message(2, 1, 2), message(3, 2, 1), message(4, 3, 1));
      await save(harness, failed(1), delivered(4));
      const found = await harness.unitOfWork.run(({ deliveries }) =>
        deliveries.findUndelivered([1, 3, 3, 4].map(ORDER)),
      );
      const expected = [
        { orderId: 1, sequence: 1, status: 'FAILED' },
        { orderId: 1, sequence: 2, status: 'PENDING' },
      ];
      mustEqual(new Set(found), new Set(expected), 'what is not delivered');
    },
  },
  {
    sentence: 'puts a message off, and releases those behind the first ones of orders',
    async check(harness) {
      const { unitOfWork } = harness;
      const both = (order: number) =>
        [1, 2].map((sequence) => aNewDelivery({ id: order * 2 + sequence, order, sequence }));
      await append(harness, ...both(1), ...both(2), ...both(3), ...both(4));
      await unitOfWork.run(async ({ deliveries }) => {
        await deliveries.lockMany([3, 4, 6, 8, 10].map(ID));
        await deliveries.postpone([3, 4, 6, 8].map(ID), later(90));
        await deliveries.saveMany([failed(10)]);
        await deliveries.release([1, 3, 3, 4].map(ORDER), later(9));
      });
      const due = (await list(harness)).map(({ id, nextAttemptAt }) => [id, nextAttemptAt]);
      const expected = [
        [3, later(90)],
        [4, later(9)],
        [5, NOON],
        [6, later(90)],
        [7, NOON],
        [8, later(9)],
        [9, NOON],
        [10, null],
      ];
      mustEqual(due.toReversed(), expected, 'when each is due');
    },
  },
];

const operating: Contract<StoreHarness> = [
  {
    sentence: 'gives the FAILED messages by id, some at a time, whether or not they are due',
    async check(harness) {
      await append(harness, ...[1, 2, 3, 4, 5].map((id) => aNewDelivery({ id, order: id })));
      await save(harness, failed(1), failed(2, later(9)), delivered(3), failed(5));
      const page = (after: number | null, limit: number) =>
        harness.unitOfWork.run(async ({ deliveries }) =>
          idsOf(await deliveries.lockFailed(after as DeliveryId | null, limit)),
        );
      mustEqual(await page(null, 2), [1, 2], 'the first ones');
      mustEqual(await page(2, 2), [5], 'those after them');
    },
  },
  {
    sentence: 'tells how many messages wait and how many are FAILED, and how old the oldest is',
    async check(harness) {
      const { deliveries } = harness.queries;
      mustEqual(await deliveries.backlog(), { pending: 0, failed: 0, oldestAt: null }, 'of none');
      await append(
        harness,
        ...[5, 3, 4, 9].map((id) => aNewDelivery({ id, order: id, createdAt: later(id) })),
      );
      await save(harness, delivered(3), failed(4), failed(9, later(99)));
      const left = { pending: 1, failed: 2, oldestAt: later(4) };
      mustEqual(await deliveries.backlog(), left, 'what is left');
    },
  },
];

const appending: Contract<StoreHarness> = [
  {
    sentence: 'puts messages in line as they are, to be sent at once',
    async check(harness) {
      const hard = aNewDelivery({
        id: MOST,
        order: MOST,
        payload: JSON.stringify(HARD_TEXTS),
        createdAt: FAR_FUTURE,
      });
      await append(harness, aNewDelivery(), hard);
      const inLine = {
        status: 'PENDING' as const,
        attempts: 0,
        lastError: null,
        deliveredAt: null,
      };
      mustEqual(
        await list(harness),
        [hard, aNewDelivery()].map((each) => ({
          ...each,
          ...inLine,
          nextAttemptAt: each.createdAt,
        })),
        'the messages',
      );
    },
  },
  {
    sentence: 'takes several messages about one order, and never two of one number',
    async check(harness) {
      await append(harness, aNewDelivery({ id: 1 }), aNewDelivery({ id: 2, sequence: 2 }));
      const again = append(harness, aNewDelivery({ id: 3, order: 7 }), aNewDelivery({ id: 4 }));
      await mustReject(again, 'a second first message');
      mustEqual(idsOf(await list(harness)), [2, 1], 'the messages');
    },
  },
  {
    sentence:
      'lists messages newest first, below the cursor, up to the limit, of one status or all',
    async check(harness) {
      const all = [5, 1, 12, 3, 2, 4].map((id) => aNewDelivery({ id, order: id }));
      await append(harness, ...all);
      mustEqual(idsOf(await list(harness, null, 4)), [12, 5, 4, 3], 'the first page');
      mustEqual(idsOf(await list(harness, 3, 4)), [2, 1], 'the page below 3');
      const { deliveries } = harness.queries;
      mustEqual(idsOf(await deliveries.list('PENDING', null, 2)), [12, 5], 'those that wait');
      mustEqual(await deliveries.list('FAILED', null, 9), [], 'those that failed');
      mustEqual(await deliveries.list('DELIVERED', null, 9), [], 'those that are delivered');
    },
  },
  {
    sentence: 'puts nothing in line for an empty set, and nothing that was rolled back',
    async check(harness) {
      await append(harness);
      const work = harness.unitOfWork.run(async (tx) => {
        await tx.deliveries.append([aNewDelivery()]);
        throw new Error('rolled back');
      });
      await mustReject(work, 'a work that throws');
      mustEqual(await list(harness), [], 'the messages');
    },
  },
];

/** What a store owes for messages to the data platform. It is asked to store them without their orders. */
export const deliveryRepositoryContract: Contract<StoreHarness> = [
  ...appending,
  ...claiming,
  ...settling,
  ...operating,
];
