import type { Brand } from './brand.js';
import { invariant } from './invariant.js';

/** A number of pieces: an integer from 1 to {@link MAX_QUANTITY}. */
export type Quantity = Brand<number, 'Quantity'>;

/** More pieces than any shelf holds; it keeps every sum of quantities a safe integer. */
export const MAX_QUANTITY = 1_000_000_000;

/** `count` pieces. Throws when it is not an integer from 1 to {@link MAX_QUANTITY}. */
export function pieces(count: number): Quantity {
  invariant(
    Number.isSafeInteger(count) && count >= 1 && count <= MAX_QUANTITY,
    `a quantity is 1 to ${MAX_QUANTITY} pieces: ${count}`,
  );
  return count as Quantity;
}
