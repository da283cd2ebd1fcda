import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../knex/database.js';
import { MYSQL_GREETING, startMysql } from './mysql-server.js';
import { REDIS_GREETING, startRedis } from './redis-server.js';
import { isGreeted, type TestServer } from './test-server.js';

/** How to write and read one value. */
interface Usage {
  readonly name: string;
  readonly start: () => Promise<TestServer>;
  readonly greeting: typeof REDIS_GREETING;
  write(url: string, value: number): Promise<void>;
  read(url: string): Promise<number>;
}

async function onMysql<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = Database.open(`${url}/mysql`);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** Says one line to Redis; resolves to its answer. */
async function tellRedis(url: string, line: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  try {
    socket.write(`${line}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString();
  } finally {
    socket.destroy();
  }
}

const mysql: Usage = {
  name: 'MySQL',
  start: () => startMysql(),
  greeting: MYSQL_GREETING,
  write: (url, value) =>
    onMysql(url, async (database) => {
      await database.write(async (session) => {
        await session.run('CREATE TABLE IF NOT EXISTS notes (note BIGINT) ENGINE = InnoDB');
        await session.run('INSERT INTO notes VALUES (?)', [value]);
      });
    }),
  read: (url) =>
    onMysql(url, async (database) => {
      const [row] = await database.write((session) =>
        session.all<{ note: number }>('SELECT note FROM notes'),
      );
      return Number(row?.note);
    }),
};

const redis: Usage = {
  name: 'Redis',
  start: () => startRedis({ durable: true }),
  greeting: REDIS_GREETING,
  async write(url, value) {
    expect(await tellRedis(url, `SET note ${value}`)).toBe('+OK\r\n');
  },
  async read(url) {
    return Number((await tellRedis(url, 'GET note')).split('\r\n')[1]);
  },
};

const isThere = ({ greeting }: Usage, { url }: TestServer): Promise<boolean> =>
  isGreeted('127.0.0.1', Number(new URL(url).port), greeting);

for (const usage of [mysql, redis]) {
  describe(`A private ${usage.name}`, () => {
    let servers: readonly TestServer[];
    beforeAll(async () => {
      servers = await Promise.all([usage.start(), usage.start()]);
    });
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.stop()));
    });
    const [first, second] = [0, 1].map((at) => () => {
      const server = servers[at];
      if (server === undefined) throw new Error('it was not started');
      return server;
    }) as [() => TestServer, () => TestServer];

    it('has a port and data of its own', async () => {
      await usage.write(first().url, 1);
      await usage.write(second().url, 2);
      expect(await usage.read(first().url)).toBe(1);
      expect(await usage.read(second().url)).toBe(2);
    });

    it('hangs while it is paused', async () => {
      await first().pause();
      expect(await isThere(usage, first())).toBe(false);
      await first().resume();
      expect(await isThere(usage, first())).toBe(true);
    });

    it('is killed at once, even while it hangs, and has its data again after a restart', async () => {
      await first().pause();
      await first().kill();
      await first().kill();
      expect(await isThere(usage, first())).toBe(false);
      await first().restart();
      expect(await usage.read(first().url)).toBe(1);
    });
  });
}

describe('A private server', () => {
  it('forgets over a restart unless it is told to be durable, if it is Redis', async () => {
    const server = await startRedis();
    try {
      await redis.write(server.url, 1);
      await server.kill();
      await server.restart();
      expect(await tellRedis(server.url, 'GET note')).toBe('$-1\r\n');
    } finally {
      await server.stop();
    }
  });

  it('can be stopped twice, and does not answer then', async () => {
    const server = await startRedis();
    await server.stop();
    await server.stop();
    expect(await isThere(redis, server)).toBe(false);
  });

  it('has the settings that it was given, and passes over those that it does not know, if it is MySQL', async () => {
    const settings = { 'innodb-buffer-pool-size': '64M', 'no-such-setting': '1' };
    const server = await startMysql({ settings });
    try {
      const [row] = await onMysql(server.url, (database) =>
        database.read((session) =>
          session.all<{ bytes: number }>('SELECT @@innodb_buffer_pool_size AS bytes'),
        ),
      );
      expect(row?.bytes).toBe(64 * 2 ** 20);
    } finally {
      await server.stop();
    }
  });

  it('says what the program said when it does not start', async () => {
    const usual = process.env['TEST_MYSQLD'];
    process.env['TEST_MYSQLD'] = '/bin/cat';
    try {
      await expect(startMysql()).rejects.toThrow(/^\/bin\/cat: .*option/);
    } finally {
      if (usual === undefined) delete process.env['TEST_MYSQLD'];
      else process.env['TEST_MYSQLD'] = usual;
    }
  });
});
