import type { Brand } from '../shared/brand.js';
import { invariant } from '../shared/invariant.js';

/** A discount in whole per cent, 1 to 100. */
export type DiscountRate = Brand<number, 'DiscountRate'>;

/** `rate` per cent. Throws when it is not an integer from 1 to 100. */
export function percent(rate: number): DiscountRate {
  invariant(
    Number.isInteger(rate) && rate >= 1 && rate <= 100,
    `a discount rate is 1 to 100 per cent: ${rate}`,
  );
  return rate as DiscountRate;
}
