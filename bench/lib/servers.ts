import { startMysql, startRedis } from '@jumun/adapters/testing';

/** As on a small database server: everything hot fits into memory, and checkpoints are no more than they need be. */
const SETTINGS = { 'innodb-buffer-pool-size': '1G', 'innodb-log-file-size': '512M' };

export interface MysqlNeeds {
  /** How much of its data it holds in memory. */
  readonly memory?: string;
  /** A folder for its data, to be found again by the next one. */
  readonly keptIn?: string | undefined;
}

/** A MySQL or MariaDB that waits for the disk at every commit, as in production; its URL names no database. */
export async function withMysql<T>(
  use: (url: string) => Promise<T>,
  { memory, keptIn }: MysqlNeeds = {},
): Promise<T> {
  const pool = memory === undefined ? {} : { 'innodb-buffer-pool-size': memory };
  const server = await startMysql({
    durable: true,
    settings: { ...SETTINGS, ...pool },
    ...(keptIn === undefined ? {} : { keptIn }),
  });
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}

export async function withRedis<T>(use: (url: string) => Promise<T>): Promise<T> {
  const server = await startRedis();
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}
