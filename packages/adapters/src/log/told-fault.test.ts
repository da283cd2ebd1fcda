import { describe, expect, it } from '@jest/globals';
import { withTemporaryDatabase } from '../testing/temporary-database.js';
import { toldFault } from './told-fault.js';

describe('What the log tells of a fault', () => {
  it('is its kind, words, code, place and causes', () => {
    const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
    const told = toldFault(new TypeError('away', { cause }));
    expect(told).toEqual({
      type: 'TypeError',
      message: 'away',
      stack: expect.stringContaining('told-fault.test'),
      cause: {
        type: 'Error',
        message: 'connection refused',
        code: 'ECONNREFUSED',
        stack: expect.any(String),
      },
    });
  });

  it('has all of several, and ends where causes go round in a circle', () => {
    const circle = new Error('round');
    circle.cause = circle;
    const told = toldFault(new AggregateError([new Error('one'), circle], 'both'));
    expect(told.errors?.map(({ message }) => message)).toEqual(['one', 'round']);
    expect(JSON.stringify(told).match(/"round"/g)).toHaveLength(5);
  });

  it('is nothing of what was thrown and is no error', () => {
    expect(toldFault({ password: 'hunter2' })).toEqual({
      type: 'object',
      message: expect.stringContaining('withheld'),
    });
  });

  it('never quotes the statement that failed, on a real MySQL', () =>
    withTemporaryDatabase('mysql', async ({ database }) => {
      const broken = database.write((session) =>
        session.run("SELECT 'a secret of customer 7' FROM nowhere_at_all"),
      );
      const fault: unknown = await broken.catch((thrown: unknown) => thrown);
      // The driver hangs it on the error: otherwise this would prove nothing.
      expect(JSON.stringify(fault)).toContain('a secret of customer 7');
      const told = toldFault(new Error('failed', { cause: fault }));
      expect(told.cause).toMatchObject({ code: 'ER_NO_SUCH_TABLE' });
      expect(JSON.stringify(told)).not.toMatch(/customer 7|nowhere_at_all/);
    }));
});
