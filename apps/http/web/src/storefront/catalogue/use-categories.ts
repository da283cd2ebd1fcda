import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api/api.js';

/** As many products as the shop shows at once: a shop of many more has categories that the first of them do not tell. */
const LOOKED_AT = 100;

/** Kept as long as the page: categories come and go with the seasons, not with the minutes. */
const found = signal<readonly string[]>([]);
let isAsked = false;

async function ask(): Promise<void> {
  const answer = await api.get('/api/v1/products', { query: { page: 1, size: LOOKED_AT } });
  if (answer.ok) found.value = categoriesIn(answer.value.items);
  else isAsked = false;
}

/** Every category once, in the order of the shelf. */
export const categoriesIn = (
  products: readonly { readonly category: string }[],
): readonly string[] => [...new Set(products.map(({ category }) => category))];

/** The categories of the shop's products, and the one that is looked at even where the shop has none of it. */
export function useCategories(chosen: string): readonly string[] {
  useEffect(() => {
    if (isAsked) return;
    isAsked = true;
    ask().catch(() => {});
  }, []);
  const categories = found.value;
  return chosen === '' || categories.includes(chosen) ? categories : [...categories, chosen];
}
