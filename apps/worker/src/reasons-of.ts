/** What went wrong, and because of what. */
export function reasonsOf(fault: unknown): readonly string[] {
  return fault instanceof Error ? [fault.message, ...reasonsOf(fault.cause)] : [];
}
