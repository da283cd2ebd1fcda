import { describe, expect, it } from '@jest/globals';
import { err, invariant, ok } from '../index.js';
import { accepted, isUntouchedBy, refused } from './results.js';

/** An aggregate as it must not be: it can be changed. */
class Counter {
  count = 0;

  increase(): void {
    this.count += 1;
  }

  toSnapshot(): object {
    return { count: this.count };
  }
}

describe('accepted', () => {
  it('is the value of what was accepted, and throws at a refusal', () => {
    expect(accepted(ok(1))).toBe(1);
    expect(() => accepted(err({ code: 'OUT_OF_STOCK' }))).toThrow('OUT_OF_STOCK');
  });
});

describe('refused', () => {
  it('is the refusal, and throws at what was accepted', () => {
    expect(refused(err({ code: 'OUT_OF_STOCK' }))).toEqual({ code: 'OUT_OF_STOCK' });
    expect(() => refused(ok(1))).toThrow('it was accepted');
  });
});

describe('isUntouchedBy', () => {
  it('tells a change from none', () => {
    expect(isUntouchedBy(new Counter(), (counter) => counter.toSnapshot())).toBe(true);
    expect(isUntouchedBy(new Counter(), (counter) => counter.increase())).toBe(false);
  });

  it('sees a change before a broken invariant, too', () => {
    const changeAndThrow = (counter: Counter): void => {
      counter.increase();
      invariant(false, 'one is too many');
    };
    expect(isUntouchedBy(new Counter(), changeAndThrow)).toBe(false);
  });

  it('lets every other fault through', () => {
    const fail = (): never => {
      throw new TypeError('not a function');
    };
    expect(() => isUntouchedBy(new Counter(), fail)).toThrow(TypeError);
  });
});
