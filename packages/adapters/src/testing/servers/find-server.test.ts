import { describe, expect, it } from '@jest/globals';
import { findServer } from './find-server.js';
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
