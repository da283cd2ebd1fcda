import type { Delivery, DeliveryId, NewDelivery } from '../../delivery/delivery.js';
import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { aNewDelivery, FAR_FUTURE, HARD_TEXTS, idsOf, MOST } from './samples.js';

const append = ({ unitOfWork }: StoreHarness, ...all: readonly NewDelivery[]): Promise<void> =>
  unitOfWork.run((tx) => tx.deliveries.append(all));

const list = (
  { queries }: StoreHarness,
  before: number | null = null,
  limit = 100,
): Promise<readonly Delivery[]> =>
  queries.deliveries.list(null, before as DeliveryId | null, limit);

/** What a store owes for messages to the data platform. It is asked to store them without their orders. */
export const deliveryRepositoryContract: Contract<StoreHarness> = [
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
