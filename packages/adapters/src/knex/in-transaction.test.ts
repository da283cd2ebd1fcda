import { describe, expect, it } from '@jest/globals';
import { CommitOutcomeUnknown } from '@jumun/application';
import { inTransaction } from './in-transaction.js';
import type { SqlFault } from './sql-dialect.js';
import type { SqlSession } from './sql-session.js';

class Fault extends Error {
  constructor(readonly kind: SqlFault) {
    super(kind);
  }
}
const dialect = { faultOf: (fault: unknown): SqlFault => (fault as Fault).kind };

/** A session that notes what it is told, and fails at one statement. */
function aSession(failsAt?: string, fault: Fault = new Fault('OTHER')) {
  const said: string[] = [];
  const run = async (sql: string): Promise<number> => {
    said.push(sql);
    if (sql === failsAt) throw fault;
    return 0;
  };
  const session = { begin: () => run('BEGIN'), run } as unknown as SqlSession;
  return { session, said };
}

describe('A transaction', () => {
  it('commits what its work has done, and gives its result', async () => {
    const { session, said } = aSession();
    expect(await inTransaction(session, dialect, () => session.run('WORK'))).toBe(0);
    expect(said).toEqual(['BEGIN', 'WORK', 'COMMIT']);
  });

  it('is rolled back when its work rejects', async () => {
    const fault = new Fault('UNAVAILABLE');
    const { session, said } = aSession('WORK', fault);
    await expect(inTransaction(session, dialect, () => session.run('WORK'))).rejects.toBe(fault);
    expect(said).toEqual(['BEGIN', 'WORK', 'ROLLBACK']);
  });

  it('tells of the first fault when it cannot be rolled back either', async () => {
    const { session } = aSession('ROLLBACK');
    const fault = new Fault('RERUN');
    const work = (): Promise<never> => Promise.reject(fault);
    await expect(inTransaction(session, dialect, work)).rejects.toBe(fault);
  });

  it('leaves open whether it was saved when the database goes away during the commit', async () => {
    const fault = new Fault('UNAVAILABLE');
    const { session } = aSession('COMMIT', fault);
    const committed = inTransaction(session, dialect, async () => {});
    await expect(committed).rejects.toThrow(CommitOutcomeUnknown);
    await expect(committed).rejects.toMatchObject({ cause: fault });
  });

  it('was not saved when the database refuses the commit', async () => {
    const fault = new Fault('RERUN');
    const { session, said } = aSession('COMMIT', fault);
    await expect(inTransaction(session, dialect, async () => {})).rejects.toBe(fault);
    expect(said).toEqual(['BEGIN', 'COMMIT', 'ROLLBACK']);
  });
});
