import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import config from '../.dependency-cruiser.mjs';
import { repository, runNode, withTree, type Tree } from './planted.ts';

interface Planted {
  readonly rule: string;
  readonly sin: string;
  readonly files: Tree;
}

const DOMAIN = 'packages/domain/src';
const APPLICATION = 'packages/application/src';
const ADAPTERS = 'packages/adapters/src';
const HTTP = 'apps/http/src';
const WORKER = 'apps/worker/src';
const PAGES = 'apps/http/web/src';

const planted: readonly Planted[] = [
  {
    rule: 'domain-knows-nobody',
    sin: 'a domain file imports the application',
    files: {
      [`${DOMAIN}/index.ts`]: `import '@jumun/application';`,
      [`${APPLICATION}/index.ts`]: '',
    },
  },
  {
    rule: 'domain-knows-nobody',
    sin: 'a domain file imports only a type of an app',
    files: {
      [`${DOMAIN}/index.ts`]: `import type { App } from '@jumun/http';\nexport type A = App;`,
      [`${HTTP}/index.ts`]: 'export type App = 1;',
    },
  },
  {
    rule: 'application-knows-only-domain',
    sin: 'a use case imports an adapter',
    files: {
      [`${APPLICATION}/index.ts`]: `export * from '@jumun/adapters';`,
      [`${ADAPTERS}/index.ts`]: '',
    },
  },
  {
    rule: 'packages-do-not-know-apps',
    sin: 'an adapter imports an app',
    files: {
      [`${ADAPTERS}/index.ts`]: `import '@jumun/http';`,
      [`${HTTP}/index.ts`]: '',
    },
  },
  {
    rule: 'apps-do-not-know-each-other',
    sin: 'the worker imports the HTTP app',
    files: {
      [`${WORKER}/main.ts`]: `await import('@jumun/http');`,
      [`${HTTP}/index.ts`]: '',
    },
  },
  {
    rule: 'nobody-needs-the-bench',
    sin: 'the worker imports a baseline',
    files: {
      [`${WORKER}/main.ts`]: `import '../../../bench/baselines/raw.js';`,
      'bench/baselines/raw.ts': '',
    },
  },
  {
    rule: 'packages-have-one-door',
    sin: 'an adapter reaches into the domain by a relative path',
    files: {
      [`${ADAPTERS}/index.ts`]: `import '../../domain/src/order/order.js';`,
      [`${DOMAIN}/order/order.ts`]: '',
    },
  },
  {
    rule: 'receiver-needs-nothing',
    sin: 'the receiver kit imports another part of the adapters',
    files: {
      [`${ADAPTERS}/receiver/index.ts`]: `import '../local/clock.js';`,
      [`${ADAPTERS}/local/clock.ts`]: '',
    },
  },
  {
    rule: 'receiver-needs-nothing',
    sin: 'the receiver kit imports a library',
    files: { [`${ADAPTERS}/receiver/index.ts`]: `import 'lru-cache';` },
  },
  {
    rule: 'undici-only-in-platform',
    sin: 'a route sends requests of its own',
    files: { [`${HTTP}/routes.ts`]: `import 'undici';` },
  },
  {
    rule: 'core-needs-only-neverthrow',
    sin: 'the domain imports a library',
    files: { [`${DOMAIN}/index.ts`]: `import 'lru-cache';` },
  },
  {
    rule: 'core-needs-only-neverthrow',
    sin: 'a use case imports the property testing library',
    files: { [`${APPLICATION}/index.ts`]: `import 'fast-check';` },
  },
  {
    rule: 'core-tests-need-only-jest-and-fast-check',
    sin: 'a domain test imports another library',
    files: { [`${DOMAIN}/order.test.ts`]: `import '@jest/globals';\nimport 'lru-cache';` },
  },
  {
    rule: 'core-tests-need-only-jest-and-fast-check',
    sin: 'a conformance suite imports another library',
    files: { [`${APPLICATION}/testing/index.ts`]: `import 'fast-check';\nimport 'lru-cache';` },
  },
  {
    rule: 'core-has-no-platform',
    sin: 'the domain imports node:crypto',
    files: { [`${DOMAIN}/index.ts`]: `import { randomUUID } from 'node:crypto';\nrandomUUID();` },
  },
  {
    rule: 'core-has-no-platform',
    sin: 'an application test imports fs without its prefix',
    files: { [`${APPLICATION}/order.test.ts`]: `import 'fs';` },
  },
  {
    rule: 'inversify-only-in-wiring',
    sin: 'a repository imports inversify',
    files: { [`${ADAPTERS}/knex/repository.ts`]: `import 'inversify';` },
  },
  {
    rule: 'inversify-only-in-wiring',
    sin: "an app's test imports reflect-metadata",
    files: { [`${HTTP}/routes.test.ts`]: `import 'reflect-metadata';` },
  },
  {
    rule: 'sql-only-in-knex',
    sin: 'a route names a type of Knex',
    files: {
      [`${HTTP}/routes.ts`]: `import type { Knex } from 'knex';\nexport type Q = Knex;`,
    },
  },
  {
    rule: 'sql-only-in-knex',
    sin: 'a local adapter imports the MySQL driver',
    files: { [`${ADAPTERS}/local/lock.ts`]: `import 'mysql2/promise';` },
  },
  {
    rule: 'redis-only-in-redis',
    sin: 'a local adapter imports a Redis client',
    files: { [`${ADAPTERS}/local/lock.ts`]: `import 'ioredis';` },
  },
  {
    rule: 'prometheus-only-in-metrics',
    sin: 'a route counts by itself',
    files: { [`${HTTP}/routes/orders.ts`]: `import 'prom-client';` },
  },
  {
    rule: 'opentelemetry-only-in-tracing',
    sin: 'a repository makes spans by itself',
    files: { [`${ADAPTERS}/knex/orders.ts`]: `import '@opentelemetry/api';` },
  },
  {
    rule: 'express-only-in-http',
    sin: 'the worker imports express',
    files: { [`${WORKER}/main.ts`]: `import 'express';` },
  },
  {
    rule: 'zod-only-in-apps',
    sin: 'an adapter imports zod',
    files: { [`${ADAPTERS}/platform/client.ts`]: `import 'zod';` },
  },
  {
    rule: 'pages-know-only-what-is-shared',
    sin: 'a page imports the configuration of the server',
    files: {
      [`${PAGES}/main.tsx`]: `import '../../src/config.js';`,
      [`${HTTP}/config.ts`]: '',
    },
  },
  {
    rule: 'pages-know-only-what-is-shared',
    sin: 'a page imports the use cases',
    files: {
      [`${PAGES}/main.tsx`]: `import '@jumun/application';`,
      [`${APPLICATION}/index.ts`]: '',
    },
  },
  {
    rule: 'pages-need-only-preact',
    sin: 'a page imports a library of the server',
    files: { [`${PAGES}/main.tsx`]: `import 'zod';` },
  },
  {
    rule: 'preact-only-in-pages',
    sin: 'a route renders by itself',
    files: { [`${HTTP}/routes/pages.ts`]: `import 'preact';` },
  },
  {
    rule: 'server-does-not-need-the-pages',
    sin: 'a route imports what is meant for the browser',
    files: {
      [`${HTTP}/routes/pages.ts`]: `import '../../web/src/money.js';`,
      [`${PAGES}/money.ts`]: '',
    },
  },
  {
    rule: 'tests-stay-in-tests',
    sin: 'production code imports the test doubles of a package',
    files: {
      [`${ADAPTERS}/index.ts`]: `import '@jumun/application/testing';`,
      [`${APPLICATION}/testing/index.ts`]: '',
    },
  },
  {
    rule: 'tests-stay-in-tests',
    sin: 'production code imports a test',
    files: {
      [`${WORKER}/main.ts`]: `import './jobs.test.js';`,
      [`${WORKER}/jobs.test.ts`]: '',
    },
  },
  {
    rule: 'no-cycles',
    sin: 'two files import each other',
    files: {
      [`${DOMAIN}/order.ts`]: `import './wallet.js';`,
      [`${DOMAIN}/wallet.ts`]: `import './order.js';`,
    },
  },
  {
    rule: 'no-unresolvable',
    sin: 'a file imports what is not there',
    files: { [`${WORKER}/main.ts`]: `import './nowhere.js';` },
  },
  {
    rule: 'no-unresolvable',
    sin: "a file imports a package's inside by name",
    files: {
      [`${WORKER}/main.ts`]: `import '@jumun/domain/src/order.js';`,
    },
  },
  {
    rule: 'no-orphans',
    sin: 'a file is imported by nobody and imports nothing',
    files: { [`${DOMAIN}/forgotten.ts`]: 'export const forgotten = 1;' },
  },
];

const clean: Tree = {
  [`${DOMAIN}/index.ts`]: `export * from './order.js';`,
  [`${DOMAIN}/order.ts`]: `import { ok } from 'neverthrow';\nexport const order = ok(1);`,
  [`${DOMAIN}/order.test.ts`]: `import '@jest/globals';\nimport '@fast-check/jest';\nimport './order.js';`,
  [`${DOMAIN}/testing/index.ts`]: `import 'fast-check';\nimport '../order.js';`,
  [`${APPLICATION}/index.ts`]: `import '@jumun/domain';\nimport 'neverthrow';`,
  [`${APPLICATION}/testing/index.ts`]: `import '@jest/globals';\nimport '@jumun/domain/testing';`,
  [`${ADAPTERS}/index.ts`]: `import './knex/orders.js';\nimport './redis/lock.js';\nimport './wiring/module.js';`,
  [`${ADAPTERS}/knex/orders.ts`]: `import 'knex';\nimport 'mysql2/promise';\nimport '@jumun/application';`,
  [`${ADAPTERS}/knex/orders.int.test.ts`]: `import '@jumun/application/testing';\nimport './orders.js';`,
  [`${ADAPTERS}/redis/lock.ts`]: `import 'ioredis';\nimport 'node:timers';`,
  [`${ADAPTERS}/platform/client.ts`]: `import 'undici';\nimport '../receiver/index.js';\nimport '../tracing/in-span.js';`,
  [`${ADAPTERS}/receiver/index.ts`]: `import 'node:crypto';`,
  [`${ADAPTERS}/metrics/metrics.ts`]: `import 'prom-client';`,
  [`${ADAPTERS}/tracing/in-span.ts`]: `import '@opentelemetry/api';`,
  [`${ADAPTERS}/wiring/module.ts`]: `import 'inversify';\nimport '../metrics/metrics.js';\nimport '../tracing/in-span.js';`,
  [`${HTTP}/index.ts`]: `import './container.js';\nimport 'express';\nimport 'zod';`,
  [`${HTTP}/container.ts`]: `import 'reflect-metadata';\nimport '@jumun/adapters';`,
  [`${HTTP}/pages/page-paths.ts`]: '',
  [`${PAGES}/main.tsx`]: `import 'preact';\nimport './shell.js';\nimport '../../src/pages/page-paths.js';`,
  [`${PAGES}/shell.tsx`]: `import '@preact/signals';\nimport '@jumun/domain';`,
  [`${WORKER}/main.ts`]: `import '@jumun/adapters';`,
};

const libraries = (
  'neverthrow fast-check @fast-check/jest @jest/globals lru-cache zod ' +
  'inversify reflect-metadata knex mysql2 ioredis express undici prom-client @opentelemetry/api preact @preact/signals'
).split(' ');

const workspaces = [DOMAIN, APPLICATION, ADAPTERS, HTTP, WORKER].map((src) => path.dirname(src));

/** The manifests of the workspaces and stubs of the libraries: what imports are resolved against. */
const surroundings: Tree = Object.fromEntries([
  ...workspaces.map((workspace) => {
    const name = `@jumun/${path.basename(workspace)}`;
    const exports = {
      '.': { 'jumun-source': './src/index.ts', default: './dist/index.js' },
      './testing': { 'jumun-source': './src/testing/index.ts', default: './dist/testing/index.js' },
    };
    return [`${workspace}/package.json`, JSON.stringify({ name, type: 'module', exports })];
  }),
  ...libraries.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
    [`node_modules/${name}/promise.js`, ''],
  ]),
  ['node_modules/@jumun/.keep', ''],
]) as Tree;

const CRUISER = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const CONFIG = path.join(repository, '.dependency-cruiser.mjs');

/** What the architecture check says of `files`: the names of the broken rules, and its exit code. */
function judge(files: Tree): Promise<{ broken: string[]; passed: boolean }> {
  return withTree({ ...surroundings, ...files }, async (folder) => {
    await Promise.all(
      workspaces.map((workspace) => {
        const link = path.join(folder, 'node_modules/@jumun', path.basename(workspace));
        return symlink(path.join(folder, workspace), link);
      }),
    );
    const { code, stdout } = await runNode(folder, CRUISER, '--config', CONFIG, 'packages', 'apps');
    const broken = [...stdout.matchAll(/^ *error ([\w-]+):/gm)].map(([, rule]) => rule ?? '');
    return { broken: [...new Set(broken)], passed: code === 0 };
  });
}

describe('the architecture check', () => {
  it('accepts a tree that follows every arrow', async () => {
    expect(await judge(clean)).toEqual({ broken: [], passed: true });
  });

  it.each(planted)('reports $rule when $sin', async ({ rule, files }) => {
    expect(await judge(files)).toEqual({ broken: [rule], passed: false });
  });

  it('has a planted violation for every rule it knows', () => {
    const known = (config.forbidden ?? []).map(({ name }) => name ?? '');
    expect([...new Set(planted.map(({ rule }) => rule))].toSorted()).toEqual(known.toSorted());
  });
});
