import { describe, expect, it } from '@jest/globals';
import { invariant, InvariantViolation } from './invariant.js';

describe('An invariant', () => {
  it('passes in silence while it holds', () => {
    expect(() => invariant(true, 'total = subtotal − discount')).not.toThrow();
  });

  it('throws a fault that names the broken rule', () => {
    const breach = () => invariant(false, 'total = subtotal − discount');
    expect(breach).toThrow(InvariantViolation);
    expect(breach).toThrow('total = subtotal − discount');
    expect(breach).toThrow(expect.objectContaining({ name: 'InvariantViolation' }));
  });
});
