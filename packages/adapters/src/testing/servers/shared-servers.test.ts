import { describe, expect, it } from '@jest/globals';
import { aMachine } from './a-machine.js';
import { freePort } from './free-port.js';
import { thisMachine } from './machine.js';
import { startRedis } from './redis-server.js';
import { startSharedServers } from './shared-servers.js';
import { sharedMysqlUrl, sharedRedisUrl } from './temporary.js';

const NOTHING = aMachine({ programs: [] });

describe('The shared servers', () => {
  it('are those that were given, if there are any', async () => {
    const given = { TEST_MYSQL_URL: sharedMysqlUrl(), TEST_REDIS_URL: sharedRedisUrl() };
    const environment = { ...given };
    const servers = await startSharedServers(environment, NOTHING);
    await servers.stop();
    expect(environment).toEqual(given);
    await expect(startSharedServers({ ...given }, NOTHING)).resolves.toBeDefined();
  });

  it('must answer', async () => {
    const silent = `redis://127.0.0.1:${await freePort()}`;
    const environment = { TEST_MYSQL_URL: sharedMysqlUrl(), TEST_REDIS_URL: silent };
    await expect(startSharedServers(environment, NOTHING)).rejects.toThrow(
      'No server answers at the address that TEST_REDIS_URL gives.',
    );
  });

  it('are known by their names as long as they run', async () => {
    const environment: Record<string, string> = { TEST_MYSQL_URL: sharedMysqlUrl() };
    const servers = await startSharedServers(environment);
    expect(environment['TEST_REDIS_URL']).toMatch(/^redis:\/\/127\.0\.0\.1:\d+$/);
    expect(environment['TEST_REDIS_URL']).not.toBe(sharedRedisUrl());
    await servers.stop();
    expect(Object.keys(environment)).toEqual(['TEST_MYSQL_URL']);
  });

  it('are both stopped when one of them cannot be had', async () => {
    const environment: Record<string, string> = {};
    const onlyRedis = {
      ...NOTHING,
      find: async (programs: readonly string[]) =>
        programs.includes('redis-server') ? thisMachine.find(programs) : undefined,
    };
    await expect(startSharedServers(environment, onlyRedis)).rejects.toThrow(
      /^The tests need MySQL or MariaDB: set TEST_MYSQL_URL, or install /,
    );
    expect(environment).toEqual({});
  });

  it('are not reached by mistake: a private server is another one', async () => {
    const server = await startRedis();
    await server.stop();
    expect(server.url).not.toBe(sharedRedisUrl());
  });
});
