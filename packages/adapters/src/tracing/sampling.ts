/** As W3C Trace Context writes it; whatever a later version appends is left alone. */
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-([\da-f]{2})(?:-|$)/;
const SAMPLED = 1;

/** The share of our own traces that are told. As with the library itself, there is one for the process. */
let toldShare = 0;

/** From now on so many of those traces are told that no caller has decided on: from 0 to 1. */
export function tellShare(share: number): void {
  toldShare = share;
}

/**
 * Whether a trace is to be told: as the caller has decided, who says so in `traceparent`; else by chance. It is decided
 * before anything is made, so that what is not told costs next to nothing.
 */
export function isToBeTold(traceparent?: string | readonly string[]): boolean {
  const flags = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  if (flags !== undefined) return (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED;
  return toldShare >= 1 || Math.random() < toldShare;
}
