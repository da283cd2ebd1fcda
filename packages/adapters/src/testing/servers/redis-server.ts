import type { ServerKind } from './find-server.js';
import { type Machine, thisMachine } from './machine.js';
import { type Greeting, type Recipe, startServer, type TestServer } from './test-server.js';

export interface RedisOptions {
  /** Remembers every write over `kill` and `restart`. Without it a restart forgets everything, as a cache may. */
  readonly durable?: boolean;
}

export type RedisServer = TestServer;

export const REDIS: ServerKind = {
  title: 'Redis or Valkey',
  programs: ['redis-server', 'valkey-server'],
  debianPackage: 'redis-server',
  image: 'redis:8',
  variable: 'TEST_REDIS_URL',
};

/** A server that wants a password answers too, with an error. */
export const REDIS_GREETING: Greeting = {
  say: 'PING\r\n',
  isAnswer: (bytes) => /^(\+PONG|-NOAUTH)/.test(bytes.toString('latin1')),
};

/** Starts a private Redis: an installed one, else through Docker. Whoever starts it stops it. */
export const startRedis = (
  { durable = false }: RedisOptions = {},
  machine: Machine = thisMachine,
): Promise<RedisServer> => startServer(recipe(durable), machine);

const recipe = (durable: boolean): Recipe => {
  const keep = durable
    ? ['--appendonly', 'yes', '--appendfsync', 'always']
    : ['--appendonly', 'no'];
  const flags = ['--save', '', ...keep];
  return {
    kind: REDIS,
    ready: /Ready to accept connections/,
    url: (port) => `redis://127.0.0.1:${port}`,
    greeting: REDIS_GREETING,
    prepare: async (_program, folder) => (port) => [
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
      '--dir',
      folder,
      ...flags,
    ],
    docker: { innerPort: 6379, options: [], args: flags },
  };
};
