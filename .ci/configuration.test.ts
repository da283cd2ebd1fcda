/** What is told of the configuration is what the schemas say. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { configurationPage, type Variable } from './configuration-page.ts';
import { repository } from './planted.ts';

interface HttpConfig {
  readonly PROGRAM: { readonly variables: readonly Variable[] };
}

interface WorkerConfig {
  readonly VARIABLES: readonly Variable[];
}

const configOf = (app: string): Promise<unknown> =>
  import(path.join(repository, `apps/${app}/src/config.ts`));

let http: readonly Variable[];
let worker: readonly Variable[];
beforeAll(async () => {
  http = ((await configOf('http')) as HttpConfig).PROGRAM.variables;
  worker = ((await configOf('worker')) as WorkerConfig).VARIABLES;
});

describe('docs/reference/configuration.md', () => {
  it('is what the schemas say: npm run docs:configuration', () => {
    const page = readFileSync(path.join(repository, 'docs/reference/configuration.md'), 'utf8');
    expect(page).toBe(configurationPage(http, worker));
  });

  it('has the defaults of the contract', () => {
    const presets = new Map(http.map(({ name, preset }) => [name, preset]));
    const said = (names: readonly string[]) => names.map((name) => [name, presets.get(name)]);
    expect(
      said([
        'PORT',
        'MANAGEMENT_PORT',
        'DATABASE_URL',
        'DATABASE_REPLICA_URL',
        'REDIS_URL',
        'AUTH_JWKS_URL',
        'ORDER_HOLD_SECONDS',
        'STATS_INTERVAL_SECONDS',
        'RATE_LIMIT_PER_CUSTOMER',
        'RATE_LIMIT_PER_ADDRESS',
        'TRUST_PROXY',
        'SALES_TIME_ZONE',
      ]),
    ).toEqual([
      ['PORT', '3000'],
      ['MANAGEMENT_PORT', '9464'],
      ['DATABASE_URL', 'sqlite://./data/jumun.db'],
      ['DATABASE_REPLICA_URL', 'none'],
      ['REDIS_URL', 'none'],
      ['AUTH_JWKS_URL', 'none'],
      ['ORDER_HOLD_SECONDS', '900'],
      ['STATS_INTERVAL_SECONDS', '300'],
      ['RATE_LIMIT_PER_CUSTOMER', '100'],
      ['RATE_LIMIT_PER_ADDRESS', '0'],
      ['TRUST_PROXY', 'none'],
      ['SALES_TIME_ZONE', 'Asia/Seoul'],
    ]);
  });

  it('tells nothing else of a variable that both apps read, unless it is about the app itself', () => {
    const known = new Map(http.map((variable) => [variable.name, variable.preset]));
    const others = worker.filter(({ name, preset }) => known.get(name) !== preset);
    expect(others.map(({ name }) => name)).toEqual(['MANAGEMENT_HOST', 'OTEL_SERVICE_NAME']);
  });
});
