const FIRST_MS = 500;
const LONGEST_MS = 8_000;
const SPREAD_MS = 250;

/**
 * How long to wait before the next try, in milliseconds. What the server asks for (Retry-After, in whole seconds) is kept, and
 * a little more, so that those who were sent away together do not come back together. Without it the wait doubles from half a
 * second to eight seconds, half of it by chance.
 */
export function waitBefore(
  attempt: number,
  retryAfterSeconds: number | null,
  chance: number,
): number {
  if (retryAfterSeconds !== null) return retryAfterSeconds * 1_000 + chance * SPREAD_MS;
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return longest / 2 + (chance * longest) / 2;
}

/** The header Retry-After as whole seconds; null where there is none that can be read. An HTTP date is not what our servers send. */
export function secondsToWait(header: string | null): number | null {
  if (header === null || !/^\d{1,4}$/.test(header.trim())) return null;
  return Number(header);
}
