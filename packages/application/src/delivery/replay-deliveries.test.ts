import { describe, expect, it } from '@jest/globals';
import { type Instant, orderId, userId } from '@jumun/domain';
import { accepted, NOON, refused } from '@jumun/domain/testing';
import { keyOf } from '../testing/scenario/open-shop.js';
import { shopInMemory } from '../testing/in-memory/shop-in-memory.js';
import type { Delivery, DeliveryId, DeliveryStatus } from './delivery.js';

const OPERATOR = userId(9);
const id = (value: number): DeliveryId => value as DeliveryId;

/** A shop with messages of these statuses, with ids from 1. */
async function withMessages(...statuses: readonly DeliveryStatus[]) {
  const made = shopInMemory();
  const { store, ports, shop } = made;
  await ports.unitOfWork.run(async ({ deliveries }) => {
    const all = statuses.map((_status, at) => ({
      id: id(at + 1),
      orderId: orderId(at + 1),
      sequence: 1,
      type: 'jumun.order.completed.v1',
      payload: `{"secret":${at}}`,
      createdAt: NOON,
    }));
    await deliveries.append(all);
    const ids = all.map((each) => each.id);
    await deliveries.lockMany(ids);
    await deliveries.lease(ids, NOON);
    await deliveries.saveMany(
      statuses.map((status, at) => ({
        id: id(at + 1),
        status,
        lastError: status === 'DELIVERED' ? null : 'answered 410',
        nextAttemptAt: null,
        deliveredAt: status === 'DELIVERED' ? NOON : null,
      })),
    );
  });
  return {
    ...made,
    statuses: () => store.deliveries.all().map(({ status }) => status),
    replay: async (...args: Parameters<typeof shop.replayDeliveries>) =>
      accepted(await shop.replayDeliveries(...args)),
    message: (of: number): Delivery | undefined => store.deliveries.get(id(of)),
  };
}

describe('A replay', () => {
  it('puts all FAILED messages in line, with their attempts, to be sent at once', async () => {
    const { replay, statuses, message, clock } = await withMessages(
      'FAILED',
      'DELIVERED',
      'PENDING',
      'FAILED',
    );
    clock.advance(5_000);
    expect((await replay(null)).answer).toEqual({ requeued: 2 });
    expect(statuses()).toEqual(['PENDING', 'DELIVERED', 'PENDING', 'PENDING']);
    expect(message(4)).toMatchObject({
      attempts: 1,
      lastError: null,
      nextAttemptAt: (NOON + 5_000) as Instant,
    });
    expect((await replay(null)).answer).toEqual({ requeued: 0 });
  });

  it('puts those in line that are named: also one that is DELIVERED, but none that waits or is not there', async () => {
    const { replay, statuses, message } = await withMessages(
      'FAILED',
      'DELIVERED',
      'PENDING',
      'FAILED',
    );
    expect((await replay([2, 1, 3, 99, 1].map(id))).answer).toEqual({ requeued: 2 });
    expect(statuses()).toEqual(['PENDING', 'PENDING', 'PENDING', 'FAILED']);
    expect(message(2)).toMatchObject({ deliveredAt: null, nextAttemptAt: NOON });
    // What waits for something is left as it is.
    expect(message(3)).toMatchObject({ lastError: 'answered 410', nextAttemptAt: null });
  });

  it('does nothing for no names', async () => {
    const { replay, statuses } = await withMessages('FAILED');
    expect((await replay([])).answer).toEqual({ requeued: 0 });
    expect(statuses()).toEqual(['FAILED']);
  });

  it('goes through as many as there are, some at a time', async () => {
    const many = Array.from({ length: 1_234 }, () => 'FAILED' as const);
    const { replay, statuses } = await withMessages(...many);
    expect((await replay(null)).answer).toEqual({ requeued: 1_234 });
    expect(new Set(statuses())).toEqual(new Set(['PENDING']));
  });

  it('under a key that was answered answers the same, and puts nothing in line', async () => {
    const { replay, statuses, store, shop } = await withMessages('FAILED');
    const key = keyOf(OPERATOR, 'once');
    expect(await replay(null, key)).toEqual({ answer: { requeued: 1 }, replayed: false });
    const [again] = store.deliveries.all();
    expect(again?.status).toBe('PENDING');
    expect(await replay(null, key)).toEqual({ answer: { requeued: 1 }, replayed: true });
    expect(statuses()).toEqual(['PENDING']);
    const other = await shop.replayDeliveries([id(1)], keyOf(OPERATOR, 'once', 'another'));
    expect(refused(other)).toEqual({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });
});

describe('The list of messages', () => {
  it('is newest first, page by page, of one status or all, and does not say what is in them', async () => {
    const { shop } = await withMessages('FAILED', 'DELIVERED', 'FAILED', 'FAILED');
    const first = await shop.listDeliveries('FAILED', null, 2);
    expect([first.items.map((each) => Number(each.id)), first.next]).toEqual([[4, 3], 3]);
    const rest = await shop.listDeliveries('FAILED', first.next, 2);
    expect([rest.items.map((each) => Number(each.id)), rest.next]).toEqual([[1], null]);
    expect((await shop.listDeliveries(null, null, 100)).items).toHaveLength(4);
    expect(JSON.stringify(first)).not.toContain('secret');
  });
});
