/** What one charge may be, in won: the shop's own limits, so that a slip is told before it is sent. */
export const LEAST_CHARGE = 1;
export const MOST_CHARGE = 10_000_000;

/** The won of what a person typed: separators, a won sign and 원 are fine. Null: it is no amount that can be charged. */
export function typedAmount(text: string): number | null {
  const digits = text.replaceAll(/[\s,₩원]/g, '');
  if (!/^\d{1,9}$/.test(digits)) return null;
  const amount = Number(digits);
  return amount >= LEAST_CHARGE && amount <= MOST_CHARGE ? amount : null;
}
