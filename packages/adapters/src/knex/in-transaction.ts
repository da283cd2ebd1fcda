import { CommitOutcomeUnknown } from '@jumun/application';
import type { SqlDialect } from './sql-dialect.js';
import type { SqlSession } from './sql-session.js';

/**
 * Runs `work` between BEGIN and COMMIT; when it rejects, nothing is saved. Only a database that goes away during the
 * commit leaves it open whether the work was saved: that is told by `CommitOutcomeUnknown`.
 */
export async function inTransaction<T>(
  session: SqlSession,
  { faultOf }: Pick<SqlDialect, 'faultOf'>,
  work: () => Promise<T>,
): Promise<T> {
  await session.begin();
  let committing = false;
  try {
    const result = await work();
    committing = true;
    await session.run('COMMIT');
    return result;
  } catch (fault) {
    await rollBack(session);
    if (!committing || faultOf(fault) !== 'UNAVAILABLE') throw fault;
    throw new CommitOutcomeUnknown('the database went away during a commit', { cause: fault });
  }
}

/** A transaction that the database has ended by itself cannot be rolled back any more, and need not be. */
async function rollBack(session: SqlSession): Promise<void> {
  try {
    await session.run('ROLLBACK');
  } catch {
    // The fault that led here is the one to tell.
  }
}
