import { describe, expect, it } from '@jest/globals';
import { endOfTurn } from '../../local/end-of-turn.js';
import { findServer } from './find-server.js';
import type { Machine } from './machine.js';
import { MYSQL } from './mysql-server.js';
import { REDIS } from './redis-server.js';
import { aMachine } from './a-machine.js';

describe('Finding a server', () => {
  it('takes a local program first', async () => {
    const machine = aMachine({ programs: ['valkey-server', 'docker'], isRoot: true });
    expect(await findServer(REDIS, machine)).toEqual({
      runs: 'SERVER',
      program: '/fake/valkey-server',
    });
    expect(machine.ran).toEqual([]);
  });

  it('takes Docker next, if it answers', async () => {
    const machine = aMachine({ programs: ['docker', 'apt-get'], isRoot: true });
    expect(await findServer(REDIS, machine)).toEqual({ runs: 'DOCKER', program: '/fake/docker' });
    expect(machine.said).toEqual([]);
  });

  it('installs the package next, and says so', async () => {
    const machine = aMachine({
      programs: ['docker', 'apt-get'],
      failing: ['docker info'],
      isRoot: true,
      installs: { 'redis-server': 'redis-server' },
    });
    expect(await findServer(REDIS, machine)).toEqual({
      runs: 'SERVER',
      program: '/fake/redis-server',
    });
    expect(machine.said).toEqual([
      'The tests need Redis or Valkey: installing the package redis-server ...',
    ]);
  });

  it('installs two servers one after the other, and asks again while somebody else has the lock', async () => {
    let running = 0;
    let isFirst = true;
    const machine = aMachine({
      programs: ['apt-get'],
      isRoot: true,
      installs: { 'redis-server': 'redis-server', 'mariadb-server': 'mariadbd' },
    });
    const locking: Machine = {
      ...machine,
      async run(program, args) {
        if (running > 0) return { ok: false, output: 'apt-get runs already' };
        running += 1;
        await endOfTurn();
        running -= 1;
        if (!isFirst) return machine.run(program, args);
        isFirst = false;
        return { ok: false, output: 'E: Could not get lock /var/lib/apt/lists/lock.' };
      },
    };
    const found = await Promise.all([findServer(MYSQL, locking), findServer(REDIS, locking)]);
    expect(found.map(({ program }) => program)).toEqual(['/fake/mariadbd', '/fake/redis-server']);
    expect(machine.said).toHaveLength(2);
  });

  const IN_ONE_LINE =
    'The tests need Redis or Valkey: set TEST_REDIS_URL, or install redis-server or valkey-server, or start Docker.';

  it('says in one line what is needed where nothing can be had', async () => {
    const machine = aMachine({ programs: ['docker', 'apt-get'], failing: ['docker info'] });
    await expect(findServer(REDIS, machine)).rejects.toThrow(new Error(IN_ONE_LINE));
    expect(machine.ran).toEqual(['docker info']);
  });

  it('says the same, below what apt-get said, where the package cannot be installed', async () => {
    const machine = aMachine({
      programs: ['apt-get'],
      failing: ['apt-get -qq update'],
      isRoot: true,
    });
    await expect(findServer(REDIS, machine)).rejects.toThrow(new Error(IN_ONE_LINE));
    expect(machine.said).toHaveLength(2);
  });
});
