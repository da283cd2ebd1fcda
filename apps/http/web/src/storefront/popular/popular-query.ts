/** What is asked of the popular products; it stands in the address, so that it can be kept and passed on. */
export interface PopularQuery {
  /** Calendar days, today included. */
  readonly days: number;
  readonly sort: 'quantity' | 'revenue';
  /** How many places. */
  readonly limit: number;
}

/** What the shop shows when nobody asks for anything else; see docs/reference/popular-products.md. */
export const USUAL: PopularQuery = { days: 3, sort: 'quantity', limit: 5 };

export const DAYS = [1, 3, 7, 14, 30] as const;
export const LIMITS = [5, 10, 20, 50] as const;

const MOST_DAYS = 30;
const MOST_PLACES = 50;

function whole(text: string | undefined, most: number, otherwise: number): number {
  const value = /^\d{1,3}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return value >= 1 && value <= most ? value : otherwise;
}

/** Reads the query of an address; what is not right in it is as if it were not there. */
export function readPopularQuery(
  query: Readonly<Record<string, string>>,
  usual: PopularQuery = USUAL,
): PopularQuery {
  return {
    days: whole(query['days'], MOST_DAYS, usual.days),
    limit: whole(query['limit'], MOST_PLACES, usual.limit),
    sort: query['sort'] === 'revenue' ? 'revenue' : 'quantity',
  };
}

/** The address of a page with such a query: only what is not usual stands in it. */
export function popularAddress(
  path: string,
  { days, sort, limit }: PopularQuery,
  usual: PopularQuery = USUAL,
): string {
  const search = new URLSearchParams();
  if (days !== usual.days) search.set('days', String(days));
  if (sort !== usual.sort) search.set('sort', sort);
  if (limit !== usual.limit) search.set('limit', String(limit));
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}
