/** What is looked for in the catalogue; it stands in the address. */
export interface CatalogueQuery {
  /** Part of a name; empty: any. */
  readonly text: string;
  /** Empty: any. */
  readonly category: string;
  /** From 1. */
  readonly page: number;
}

/** How many products a page of the catalogue shows. */
export const SIZE = 20;

/** The longest text that the shop looks for. */
const LONGEST = 200;
const MOST_PAGES = 1_000_000;

/** Reads the query of an address; what is not right in it is as if it were not there. */
export function readCatalogueQuery(query: Readonly<Record<string, string>>): CatalogueQuery {
  const page = /^\d{1,7}$/.test(query['page'] ?? '') ? Number(query['page']) : 1;
  return {
    text: (query['q'] ?? '').trim().slice(0, LONGEST),
    category: (query['category'] ?? '').trim().slice(0, LONGEST),
    page: page >= 1 && page <= MOST_PAGES ? page : 1,
  };
}

/** The address of such a page of the catalogue: only what is not usual stands in it. */
export function catalogueAddress({ text, category, page }: CatalogueQuery): string {
  const search = new URLSearchParams();
  if (text !== '') search.set('q', text);
  if (category !== '') search.set('category', category);
  if (page !== 1) search.set('page', String(page));
  return search.size === 0 ? '/products' : `/products?${search.toString()}`;
}

/** How many pages so many products take; there is always one, if only to say that nothing was found. */
export const pagesOf = (total: number, size = SIZE): number => Math.max(1, Math.ceil(total / size));

/** The pages worth a link: the first, the last, and those around where one is; null stands for those left out. */
export function pagesNear(page: number, last: number): readonly (number | null)[] {
  const near = Array.from({ length: last }, (_, at) => at + 1).filter(
    (each) => each === 1 || each === last || Math.abs(each - page) <= 1,
  );
  return near.flatMap((each, at) => {
    const gap = each - (near[at - 1] ?? each);
    // A single page left out takes no more room than the sign for it.
    return gap === 2 ? [each - 1, each] : gap > 2 ? [null, each] : [each];
  });
}
