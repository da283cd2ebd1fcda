import { type Answer, answered, type RefusalOf } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Options } from '../../api/client.js';
import type { Schemas } from '../../api/document.js';
import { type Reading, useReading } from '../../api/use-reading.js';

type ProductDetails = Schemas['ProductDetails'];
type Refused = RefusalOf<'get', '/api/v1/products/{id}'>;

/** By id, the products as they stand on the shelf now; null: no longer sold. */
export type Shelf = ReadonlyMap<number, ProductDetails | null>;

/** Stock is live, and so is the price: what lies in the cart is looked after while somebody looks at it. */
const EVERY_MS = 5_000;

/** These products, kept fresh. */
export const useShelf = (productIds: readonly number[]): Reading<Shelf, Refused> =>
  useReading((options) => readShelf(productIds, options), [productIds.join()], {
    every: EVERY_MS,
    keep: true,
  });

async function readShelf(
  productIds: readonly number[],
  options: Options,
): Promise<Answer<Shelf, Refused>> {
  const answers = await Promise.all(
    productIds.map((id) => api.get('/api/v1/products/{id}', { path: { id } }, options)),
  );
  const shelf = new Map<number, ProductDetails | null>();
  for (const [at, id] of productIds.entries()) {
    const answer = answers[at];
    if (answer?.ok === true) shelf.set(id, answer.value);
    else if (answer?.refusal.code === 'PRODUCT_NOT_FOUND') shelf.set(id, null);
    else if (answer !== undefined) return answer;
  }
  return answered(shelf);
}
