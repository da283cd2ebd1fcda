/** From so few on, everybody who looks is told. */
export const FEW = 5;

/** What there is to say when the stock has changed from one look to the next. */
export type StockNews =
  | { readonly kind: 'sold-out' }
  | { readonly kind: 'back'; readonly stock: number }
  | { readonly kind: 'few'; readonly stock: number }
  | { readonly kind: 'sold' | 'added'; readonly pieces: number };

/** What is new about the stock; null where nothing is. */
export function stockNews(before: number | null, now: number): StockNews | null {
  if (before === null || before === now) return null;
  if (now === 0) return { kind: 'sold-out' };
  if (before === 0) return { kind: 'back', stock: now };
  if (now <= FEW && now < before) return { kind: 'few', stock: now };
  return now < before
    ? { kind: 'sold', pieces: before - now }
    : { kind: 'added', pieces: now - before };
}

/** Whether it is worth interrupting somebody who listens: every sale would be too much. */
export const isWorthTelling = (news: StockNews | null): boolean =>
  news !== null && news.kind !== 'sold' && news.kind !== 'added';
