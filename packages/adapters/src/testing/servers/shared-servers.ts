import { type Machine, thisMachine } from './machine.js';
import { MYSQL, MYSQL_GREETING, startMysql } from './mysql-server.js';
import { REDIS, REDIS_GREETING, startRedis } from './redis-server.js';
import { type Greeting, isGreeted, type TestServer } from './test-server.js';

export interface SharedServers {
  stop(): Promise<void>;
}

type Environment = Record<string, string | undefined>;

/**
 * Sees to it that `TEST_MYSQL_URL` and `TEST_REDIS_URL` name servers that answer: those that were given, else private ones
 * for all tests of one run.
 */
export async function startSharedServers(
  environment: Environment = process.env,
  machine: Machine = thisMachine,
): Promise<SharedServers> {
  const started = await Promise.allSettled([
    provide(environment, MYSQL.variable, 3306, MYSQL_GREETING, () => startMysql({}, machine)),
    provide(environment, REDIS.variable, 6379, REDIS_GREETING, () => startRedis({}, machine)),
  ]);
  const stop = async (): Promise<void> => {
    const running = started.filter((each) => each.status === 'fulfilled');
    await Promise.all(running.map(({ value }) => value.stop()));
  };
  const failed = started.find((each) => each.status === 'rejected');
  if (failed === undefined) return { stop };
  await stop();
  throw failed.reason;
}

async function provide(
  environment: Environment,
  variable: string,
  usualPort: number,
  greeting: Greeting,
  start: () => Promise<TestServer>,
): Promise<SharedServers> {
  const given = environment[variable];
  if (given !== undefined) {
    const { hostname, port } = new URL(given);
    if (await isGreeted(hostname, Number(port || usualPort), greeting)) return { async stop() {} };
    throw new Error(`No server answers at the address that ${variable} gives.`);
  }
  const server = await start();
  environment[variable] = server.url;
  return {
    async stop() {
      delete environment[variable];
      await server.stop();
    },
  };
}
