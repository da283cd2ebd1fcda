import type { Delivery, DeliveryId, NewDelivery } from '../../delivery/delivery.js';
import type { DeliveryQueries } from '../../ports/queries.js';
import type { DeliveryRepository, HeldDelivery } from '../../ports/repositories.js';
import type { InMemoryStore } from './in-memory-store.js';
import type { TableDraft } from './table.js';

const inLine = (delivery: NewDelivery): Delivery => ({
  ...delivery,
  status: 'PENDING',
  attempts: 0,
  lastError: null,
  nextAttemptAt: delivery.createdAt,
  deliveredAt: null,
});

const held = ({ id, orderId, sequence, status, attempts }: Delivery): HeldDelivery => ({
  id,
  orderId,
  sequence,
  status,
  attempts,
});

const byDueTime = (a: Delivery, b: Delivery): number =>
  (a.nextAttemptAt ?? 0) - (b.nextAttemptAt ?? 0) || a.id - b.id;

/** The messages to the data platform, as one transaction sees them. */
export const deliveriesOf = (rows: TableDraft<DeliveryId, Delivery>): DeliveryRepository => {
  const lockAll = (some: readonly Delivery[]): readonly Delivery[] => {
    rows.lock(some.map(({ id }) => id));
    return some;
  };
  const change = (ids: readonly DeliveryId[], by: (row: Delivery) => Partial<Delivery>): void =>
    rows.save([...rows.find(ids).values()].map((row) => ({ ...row, ...by(row) })));
  return {
    append: async (deliveries) => rows.add(deliveries.map(inLine)),
    lockDue: async (status, by, limit) => {
      const due = rows
        .all()
        .filter((row) => row.status === status && row.nextAttemptAt !== null)
        .filter(({ nextAttemptAt }) => (nextAttemptAt ?? Infinity) <= by);
      return lockAll(due.toSorted(byDueTime).slice(0, limit));
    },
    findUndelivered: async (orderIds) =>
      rows
        .all()
        .filter(({ orderId, status }) => orderIds.includes(orderId) && status !== 'DELIVERED')
        .map(({ orderId, sequence, status }) => ({ orderId, sequence, status })),
    lease: async (ids, until) =>
      change(ids, ({ attempts }) => ({
        status: 'PENDING',
        attempts: attempts + 1,
        nextAttemptAt: until,
      })),
    postpone: async (ids, until) => change(ids, () => ({ nextAttemptAt: until })),
    lockMany: async (ids) => new Map([...rows.lock(ids)].map(([id, row]) => [id, held(row)])),
    saveMany: async (progress) => {
      const of = new Map(progress.map((each) => [each.id, each]));
      if (rows.find([...of.keys()]).size < of.size) throw new Error('a message is not there');
      change([...of.keys()], ({ id }) => of.get(id) ?? {});
    },
    release: async (orderIds, at) => {
      const later = rows
        .all()
        .filter(({ orderId, sequence }) => orderIds.includes(orderId) && sequence > 1)
        .filter(({ status, nextAttemptAt }) => status !== 'DELIVERED' && (nextAttemptAt ?? 0) > at);
      change(
        lockAll(later).map(({ id }) => id),
        () => ({ nextAttemptAt: at }),
      );
    },
    lockFailed: async (after, limit) =>
      lockAll(
        rows
          .all()
          .filter(({ id, status }) => status === 'FAILED' && id > (after ?? 0))
          .toSorted((a, b) => a.id - b.id)
          .slice(0, limit),
      ),
  };
};

export const deliveryQueries = (store: InMemoryStore): DeliveryQueries => ({
  list: async (status, before, limit) =>
    store.deliveries
      .all()
      .filter((delivery) => status === null || delivery.status === status)
      .filter(({ id }) => before === null || id < before)
      .toSorted((a, b) => b.id - a.id)
      .slice(0, limit),
  backlog: async () => {
    const left = store.deliveries.all().filter(({ status }) => status !== 'DELIVERED');
    const failed = left.filter(({ status }) => status === 'FAILED').length;
    const [oldestAt = null] = left.map(({ createdAt }) => createdAt).toSorted((a, b) => a - b);
    return { pending: left.length - failed, failed, oldestAt };
  },
});
