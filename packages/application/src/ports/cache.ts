/** Short-lived copies of what is stored elsewhere. Nothing in a cache is the truth, and any entry may vanish. */
export interface Cache {
  /**
   * What is kept under `key`, else what `load` gives, which is then kept for at most `ttlMs` milliseconds. Callers at one
   * time share one `load`, also those of other processes that share the cache, as long as it does not take long. `undefined` is not kept, nor is what a `load` gives whose key was invalidated meanwhile. When
   * the cache is away, `load` answers. A `load` that rejects rejects its callers, and is not remembered.
   */
  read(
    key: string,
    ttlMs: number,
    load: () => Promise<string | undefined>,
  ): Promise<string | undefined>;
  /**
   * After it resolves, nobody reads what was kept, or was being loaded, before. It comes after a commit, so it never
   * rejects: a cache that is away forgets in its own time.
   */
  invalidate(keys: readonly string[]): Promise<void>;
}
