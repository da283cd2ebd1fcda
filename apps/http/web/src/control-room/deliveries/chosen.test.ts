import { describe, expect, it } from '@jest/globals';
import { chosenAmong, MOST_AT_ONCE } from './chosen.js';
import type { Delivery } from './delivery.js';

const message = (id: number, status: Delivery['status'] = 'FAILED') => ({ id, status });

describe('What is chosen to be sent again', () => {
  it('is what is ticked among what is shown, in its order', () => {
    const shown = [message(9), message(8), message(7, 'DELIVERED')];
    expect(chosenAmong(shown, new Set([7, 9]))).toEqual([9, 7]);
  });

  it('is nothing that is shown no more', () => {
    expect(chosenAmong([message(9)], new Set([8, 9]))).toEqual([9]);
  });

  it('is nothing that is on its way by now', () => {
    expect(chosenAmong([message(9, 'PENDING'), message(8)], new Set([8, 9]))).toEqual([8]);
  });

  it('is no more than the shop takes at once', () => {
    const ids = Array.from({ length: MOST_AT_ONCE + 1 }, (_, index) => index + 1);
    const chosen = chosenAmong(
      ids.map((id) => message(id)),
      new Set(ids),
    );
    expect(chosen).toEqual(ids.slice(0, MOST_AT_ONCE));
  });
});
