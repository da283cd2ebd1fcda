/**
 * Follows what customers ask for into the batches that they share. What is followed is of no interest in here: it is handed
 * over as it came.
 */
export interface BatchTracer {
  /** What is being followed where this is called; undefined where nothing is. */
  follow(): unknown;
  /** Runs a batch of `size` items, of which `followed` are followed. It must call `work` once, and answer as that does. */
  run<T>(
    name: string,
    followed: readonly unknown[],
    size: number,
    work: () => Promise<T>,
  ): Promise<T>;
}
