import { startMysql, startRedis } from '@jumun/adapters/testing';

/** As on a small database server: everything hot fits into memory, and checkpoints are no more than they need be. */
const SETTINGS = { 'innodb-buffer-pool-size': '4G', 'innodb-log-file-size': '512M' };

/** A MySQL or MariaDB that waits for the disk at every commit, as in production; its URL names no database. */
export async function withMysql<T>(use: (url: string) => Promise<T>): Promise<T> {
  const server = await startMysql({ durable: true, settings: SETTINGS });
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
