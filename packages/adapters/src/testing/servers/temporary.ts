import { randomUUID } from 'node:crypto';
import { Database } from '../../knex/database.js';
import { MYSQL } from './mysql-server.js';
import { REDIS } from './redis-server.js';

/** The MySQL or MariaDB of this test run. Its URL names no database. */
export const sharedMysqlUrl = (): string => given(MYSQL.variable);

/** The Redis of this test run. Keys and channels in it are shared with every other test: use {@link redisNamespace}. */
export const sharedRedisUrl = (): string => given(REDIS.variable);

/** What keys and channels of one test begin with. */
export const redisNamespace = (): string => `test-${randomUUID()}`;

export interface TemporaryMysqlDatabase {
  /** Names the database. */
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** An empty database of its own, on the server of this test run or on another one. */
export async function temporaryMysqlDatabase(
  server: string = sharedMysqlUrl(),
): Promise<TemporaryMysqlDatabase> {
  const name = `jumun_test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `CREATE DATABASE ${name}`);
  return {
    url: at(server, name),
    drop: () => execute(server, `DROP DATABASE IF EXISTS ${name}`),
  };
}

async function execute(server: string, statement: string): Promise<void> {
  const database = Database.open(at(server, 'information_schema'));
  try {
    await database.write((session) => session.run(statement));
  } finally {
    await database.close();
  }
}

function at(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

function given(variable: string): string {
  const url = process.env[variable];
  if (url !== undefined) return url;
  throw new Error(
    `${variable} is not set: run this test by Jest, from the root of the repository.`,
  );
}
