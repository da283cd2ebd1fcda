import { describe, expect, it } from '@jest/globals';
import { Database } from '../../knex/database.js';
import { redisNamespace, sharedMysqlUrl, temporaryMysqlDatabase } from './temporary.js';

async function databases(): Promise<readonly string[]> {
  const database = Database.open(`${sharedMysqlUrl()}/information_schema`);
  try {
    const rows = await database.write((session) =>
      session.all<{ name: string }>('SELECT schema_name AS name FROM schemata'),
    );
    return rows.map(({ name }) => name);
  } finally {
    await database.close();
  }
}

describe('A temporary MySQL database', () => {
  it('is there until it is dropped, and is nobody else’s', async () => {
    const [one, other] = await Promise.all([temporaryMysqlDatabase(), temporaryMysqlDatabase()]);
    const name = new URL(one.url).pathname.slice(1);
    const otherName = new URL(other.url).pathname.slice(1);
    expect(await databases()).toEqual(expect.arrayContaining([name, otherName]));
    await one.drop();
    await one.drop();
    const left = await databases();
    expect(left).not.toContain(name);
    expect(left).toContain(otherName);
    await other.drop();
  });
});

describe('A Redis namespace', () => {
  it('is never the same twice', () => {
    expect(redisNamespace()).not.toBe(redisNamespace());
  });
});
