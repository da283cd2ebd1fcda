/** A row is there already, under its key or under one of the table's UNIQUE rules. */
export class DuplicateRow extends Error {
  override readonly name = 'DuplicateRow';
}

/**
 * Rows of one kind by their key. A row may have further UNIQUE claims. What a transaction writes is a draft that nobody
 * else sees until it is committed.
 */
export class Table<Key extends number | string, Row> {
  private readonly rows = new Map<Key, Row>();
  private readonly claims = new Set<string>();

  constructor(
    readonly name: string,
    readonly keyOf: (row: Row) => Key,
    private readonly uniques: Readonly<Record<string, (row: Row) => string>> = {},
  ) {}

  get(key: Key): Row | undefined {
    return this.rows.get(key);
  }

  all(): readonly Row[] {
    return [...this.rows.values()];
  }

  begin(): TableDraft<Key, Row> {
    return new TableDraft(this);
  }

  claimsOf(row: Row): readonly string[] {
    return Object.entries(this.uniques).map(([rule, of]) => `UNIQUE(${rule}) ${of(row)}`);
  }

  isClaimed(claim: string): boolean {
    return this.claims.has(claim);
  }

  /** Makes a draft's work everybody's. */
  commit(written: ReadonlyMap<Key, Row>, removed: ReadonlySet<Key>): void {
    for (const key of [...removed, ...written.keys()]) this.release(key);
    for (const key of removed) this.rows.delete(key);
    for (const [key, row] of written) {
      this.rows.set(key, row);
      for (const claim of this.claimsOf(row)) this.claims.add(claim);
    }
  }

  private release(key: Key): void {
    const row = this.rows.get(key);
    for (const claim of row === undefined ? [] : this.claimsOf(row)) this.claims.delete(claim);
  }
}

/** A table as one transaction sees it. */
export class TableDraft<Key extends number | string, Row> {
  private readonly written = new Map<Key, Row>();
  private readonly removed = new Set<Key>();
  private readonly held = new Set<Key>();
  private readonly claims = new Set<string>();

  constructor(private readonly table: Table<Key, Row>) {}

  get(key: Key): Row | undefined {
    if (this.removed.has(key)) return undefined;
    return this.written.get(key) ?? this.table.get(key);
  }

  /** The rows with these keys: each once, ascending. */
  find(keys: readonly Key[]): ReadonlyMap<Key, Row> {
    const found = new Map<Key, Row>();
    for (const key of [...new Set(keys)].toSorted((a, b) => (a < b ? -1 : 1))) {
      const row = this.get(key);
      if (row !== undefined) found.set(key, row);
    }
    return found;
  }

  /** Like {@link find}, and from now on this transaction may save the rows. */
  lock(keys: readonly Key[]): ReadonlyMap<Key, Row> {
    const found = this.find(keys);
    for (const key of found.keys()) this.held.add(key);
    return found;
  }

  /** All rows, or none and a {@link DuplicateRow}. */
  add(rows: readonly Row[]): void {
    const added = new Map<Key, Row>();
    const claimed = new Set<string>();
    for (const row of rows) {
      const key = this.table.keyOf(row);
      if (added.has(key) || this.get(key) !== undefined) {
        throw new DuplicateRow(`${this.table.name} ${key} is there already`);
      }
      for (const claim of this.table.claimsOf(row)) {
        if (claimed.has(claim) || this.claims.has(claim) || this.table.isClaimed(claim)) {
          throw new DuplicateRow(`${this.table.name}: ${claim}`);
        }
        claimed.add(claim);
      }
      added.set(key, row);
    }
    for (const claim of claimed) this.claims.add(claim);
    for (const [key, row] of added) {
      this.written.set(key, row);
      this.removed.delete(key);
      this.held.add(key);
    }
  }

  /** Throws when a row is not there, or was neither locked nor added by this transaction. */
  save(rows: readonly Row[]): void {
    for (const row of rows) {
      const key = this.table.keyOf(row);
      if (!this.held.has(key)) {
        throw new Error(`${this.table.name} ${key} is not there, or was not locked before saving`);
      }
    }
    for (const row of rows) this.written.set(this.table.keyOf(row), row);
  }

  remove(keys: readonly Key[]): void {
    for (const key of keys) {
      this.written.delete(key);
      this.removed.add(key);
    }
  }

  all(): readonly Row[] {
    const unchanged = this.table
      .all()
      .filter((row) => this.get(this.table.keyOf(row)) === row && !this.isWritten(row));
    return [...unchanged, ...this.written.values()];
  }

  commit(): void {
    this.table.commit(this.written, this.removed);
  }

  private isWritten(row: Row): boolean {
    return this.written.has(this.table.keyOf(row));
  }
}
