import type { Bench } from './bench.ts';
import { type BenchDatabase, RICH, type Seed, versionOf, withDatabase } from './database.ts';
import type { InProcessResult } from './in-process.ts';

/** A database, and the orders on it that somebody was told are paid. */
export interface Book {
  readonly db: BenchDatabase;
  readonly paid: number[];
}

/** Runs `use` with so many fresh databases on one server, or in SQLite files; audits them all when it is done. */
export async function withBooks(
  bench: Bench,
  server: string,
  count: number,
  use: (books: readonly Book[]) => Promise<void>,
): Promise<void> {
  const seed: Seed = bench.small ? { ...RICH, customers: 200 } : RICH;
  const open = async (books: readonly Book[]): Promise<void> => {
    if (books.length < count) {
      await withDatabase({ server, seed }, (db) => open([...books, { db, paid: [] }]));
      return;
    }
    for (const { db } of books) bench.on(await versionOf(db));
    await use(books);
    for (const { db, paid } of books) bench.expectNone(await db.audit(paid));
  };
  await open([]);
}

/** Notes what was acknowledged on the book, to be found in the database later. */
export async function noted<T extends Pick<InProcessResult, 'acknowledged'>>(
  book: Book,
  running: Promise<T>,
): Promise<T> {
  const result = await running;
  for (const id of result.acknowledged) book.paid.push(id);
  return result;
}
