import { describe, expect, it } from '@jest/globals';
import type { Connection } from 'mysql2';
import { withTemporaryDatabase } from '../testing/temporary-database.js';
import { MysqlWire } from './mysql-wire.js';

/** A connection that answers each statement with its own text, after a turn, and writes down what it was sent. */
function recordingConnection({ multipleStatements = true, failAt = '' } = {}) {
  const sent: string[] = [];
  const connection = {
    config: { multipleStatements },
    format: (sql: string, values: readonly unknown[]) => `${sql} <${values.join()}>`,
    query({ sql }: { sql: string }, done: (fault: Error | null, result?: unknown) => void) {
      sent.push(sql);
      const texts = sql.split(';\n');
      setImmediate(() => {
        if (failAt !== '' && texts.includes(failAt)) done(new Error(`failed at ${failAt}`));
        else done(null, texts.length === 1 ? texts[0] : texts);
      });
    },
    destroy() {},
  };
  return { wire: new MysqlWire(connection as unknown as Connection), sent };
}

describe('A wire to MySQL', () => {
  it('sends what is given together in one round trip, in its order, and answers each', async () => {
    const { wire, sent } = recordingConnection();
    const answers = await Promise.all([wire.send('A'), wire.send('B ?', [1]), wire.send('C')]);
    expect(answers).toEqual(['A', 'B ? <1>', 'C']);
    expect(sent).toEqual(['A;\nB ? <1>;\nC']);
  });

  it('opens a transaction along with its first statements', async () => {
    const { wire, sent } = recordingConnection();
    wire.begin();
    expect(await Promise.all([wire.send('A'), wire.send('B')])).toEqual(['A', 'B']);
    expect(await wire.send('C')).toBe('C');
    await wire.send('COMMIT');
    expect(sent).toEqual(['START TRANSACTION;\nA;\nB', 'C', 'COMMIT']);
  });

  it('gathers what is given while it sends', async () => {
    const { wire, sent } = recordingConnection();
    const first = wire.send('A');
    await Promise.resolve();
    const later = Promise.all([wire.send('B'), wire.send('C')]);
    await Promise.all([first, later]);
    expect(sent).toEqual(['A', 'B;\nC']);
  });

  it('sends one statement at a time where the connection takes no more', async () => {
    const { wire, sent } = recordingConnection({ multipleStatements: false });
    expect(await Promise.all([wire.send('A'), wire.send('B')])).toEqual(['A', 'B']);
    expect(sent).toEqual(['A', 'B']);
  });

  it('sends long texts by themselves', async () => {
    const { wire, sent } = recordingConnection();
    const long = 'x'.repeat(999_999);
    await Promise.all([wire.send('A'), wire.send(long), wire.send('B'), wire.send('C')]);
    expect(sent.map(({ length }) => length)).toEqual([1_000_000 + ';\n'.length, 'B;\nC'.length]);
  });

  it('sends nothing but the ROLLBACK once a statement of a transaction has failed', async () => {
    const { wire, sent } = recordingConnection({ failAt: 'B' });
    wire.begin();
    const long = 'x'.repeat(999_999);
    const together = await Promise.allSettled(['A', 'B', long].map((sql) => wire.send(sql)));
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(wire.send('D')).rejects.toThrow('failed at B');
    await expect(wire.send('COMMIT')).rejects.toThrow('failed at B');
    await wire.send('ROLLBACK');
    expect(await wire.send('E')).toBe('E');
    expect(sent).toEqual(['START TRANSACTION;\nA;\nB', 'ROLLBACK', 'E']);
  });

  it('goes on after a statement that failed outside a transaction', async () => {
    const { wire, sent } = recordingConnection({ multipleStatements: false, failAt: 'A' });
    const outcomes = await Promise.allSettled([wire.send('A'), wire.send('B')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(sent).toEqual(['A', 'B']);
  });

  it('saves nothing that was given after a statement by which the server ended the transaction', () =>
    withTemporaryDatabase('mysql', async ({ database }) => {
      const stockOf = (id: number, onHand: number) =>
        ['stocks', ['product_id', 'on_hand', 'reserved'], [[id, onHand, 0]]] as const;
      await database.write((session) => session.insertMany(...stockOf(1, 1)));
      await database.write((session) => session.insertMany(...stockOf(2, 1)));
      const lock = 'UPDATE stocks SET reserved = reserved WHERE product_id = ?';
      const outcomes = await database.write((one) =>
        database.write(async (other) => {
          await Promise.all([one.begin(), other.begin()]);
          await one.run(lock, [1]);
          await other.run(lock, [2]);
          const settled = await Promise.allSettled([
            Promise.all([one.run(lock, [2]), one.insertMany(...stockOf(3, 1))]),
            Promise.all([other.run(lock, [1]), other.insertMany(...stockOf(4, 1))]),
            // Given while both wait, so that it would go out after the deadlock.
            new Promise((resume) => setImmediate(resume)).then(() =>
              Promise.all([one.insertMany(...stockOf(5, 1)), other.insertMany(...stockOf(6, 1))]),
            ),
          ]);
          await Promise.all([one.run('ROLLBACK'), other.run('ROLLBACK')]);
          return settled;
        }),
      );
      expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
      const left = await database.read((session) =>
        session.all<{ product_id: number }>('SELECT product_id FROM stocks ORDER BY product_id'),
      );
      expect(left.map(({ product_id: id }) => id)).toEqual([1, 2]);
    }));
});
