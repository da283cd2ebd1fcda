// The arrows of the architecture. Every rule has a planted violation in .ci/architecture.test.ts.

const CORE = '^packages/(domain|application)/';
const TEST = '/testing/|\\.test\\.ts$|\\.contract\\.ts$';
const PAGES = '^apps/http/web/src/';
const PREACT = ['preact', 'preact-iso', '@preact/signals'];
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    // Layers: domain <- application <- adapters <- apps.
    {
      name: 'domain-knows-nobody',
      from: { path: '^packages/domain/' },
      to: { path: '^(packages|apps)/', pathNot: '^packages/domain/' },
    },
    {
      name: 'application-knows-only-domain',
      from: { path: '^packages/application/' },
      to: { path: '^(packages|apps)/', pathNot: CORE },
    },
    {
      name: 'packages-do-not-know-apps',
      from: { path: '^packages/', pathNot: CORE },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'nobody-needs-the-bench',
      from: { path: '^(packages|apps)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'packages-have-one-door',
      comment:
        "Import another package by its name: only '.', './testing' and './receiver' are public.",
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: {
        path: '^packages/',
        pathNot: ['^$1/$2/', '^packages/[^/]+/src/((testing|receiver)/)?index\\.ts$'],
      },
    },

    {
      name: 'receiver-needs-nothing',
      comment:
        'It is for the people on the other side: they take it without a database, a cache or a shop.',
      from: { path: '^packages/adapters/src/receiver/', pathNot: TEST },
      to: { pathNot: '^packages/adapters/src/receiver/|^(node:)?crypto$' },
    },

    // The core needs no framework and no platform.
    {
      name: 'core-needs-only-neverthrow',
      from: { path: CORE, pathNot: TEST },
      to: { path: 'node_modules/', pathNot: npm('neverthrow') },
    },
    {
      name: 'core-tests-need-only-jest-and-fast-check',
      from: { path: `${CORE}.*(${TEST})` },
      to: {
        path: 'node_modules/',
        pathNot: npm('neverthrow', 'fast-check', '@fast-check/jest', '@jest/globals'),
      },
    },
    {
      name: 'core-has-no-platform',
      from: { path: CORE },
      to: { dependencyTypes: ['core'] },
    },

    // Each technology has one home.
    {
      name: 'inversify-only-in-wiring',
      from: { pathNot: '^packages/adapters/src/wiring/|^apps/[^/]+/src/container\\.ts$' },
      to: { path: npm('inversify', '@inversifyjs/[^/]+', 'reflect-metadata') },
    },
    {
      name: 'sql-only-in-knex',
      from: { path: '^(packages|apps)/', pathNot: '^packages/adapters/src/knex/' },
      to: { path: npm('knex', 'better-sqlite3', 'mysql2') },
    },
    {
      name: 'redis-only-in-redis',
      from: { path: '^(packages|apps)/', pathNot: '^packages/adapters/src/redis/' },
      to: { path: npm('ioredis', 'redis', '@redis/[^/]+', 'redlock') },
    },
    {
      name: 'undici-only-in-platform',
      from: { path: '^(packages|apps)/', pathNot: `^packages/adapters/src/platform/|${TEST}` },
      to: { path: npm('undici') },
    },
    {
      name: 'prometheus-only-in-metrics',
      from: { path: '^(packages|apps)/', pathNot: '^packages/adapters/src/metrics/' },
      to: { path: npm('prom-client') },
    },
    {
      name: 'opentelemetry-only-in-tracing',
      from: { path: '^(packages|apps)/', pathNot: '^packages/adapters/src/tracing/' },
      to: { path: npm('@opentelemetry/[^/]+') },
    },
    {
      name: 'express-only-in-http',
      from: { path: '^(packages|apps)/', pathNot: '^apps/http/' },
      to: { path: npm('express') },
    },
    {
      name: 'zod-only-in-apps',
      from: { path: '^packages/' },
      to: { path: npm('zod') },
    },

    // The pages: a program of their own, in the browser, which the server only hands out.
    {
      name: 'pages-know-only-what-is-shared',
      comment:
        'Paths, settings and the types of the document; what is imported is sent to everybody.',
      from: { path: PAGES, pathNot: TEST },
      to: {
        path: '^(packages|apps)/',
        pathNot: [
          PAGES,
          '^packages/domain/src/index\\.ts$',
          '^apps/http/src/pages/page-(paths|settings)\\.ts$',
          '^apps/http/src/openapi/types\\.ts$',
        ],
      },
    },
    {
      name: 'pages-need-only-preact',
      from: { path: PAGES, pathNot: TEST },
      to: { path: 'node_modules/', pathNot: npm(...PREACT) },
    },
    {
      name: 'preact-only-in-pages',
      from: { path: '^(packages|apps)/', pathNot: PAGES },
      to: { path: npm(...PREACT) },
    },
    {
      name: 'server-does-not-need-the-pages',
      from: { path: '^(packages|apps)/', pathNot: '^apps/http/web/' },
      to: { path: '^apps/http/web/' },
    },

    // Hygiene.
    {
      name: 'tests-stay-in-tests',
      from: { pathNot: TEST },
      to: { path: `^(packages|apps)/.*(${TEST})` },
    },
    { name: 'no-cycles', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      from: { orphan: true, pathNot: '/index\\.ts$|main\\.ts$|/config\\.ts$|\\.d\\.ts$|/assets/' },
      to: {},
    },
  ].map((rule) => ({ severity: 'error', ...rule })),

  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-pages|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['jumun-source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.cjs', '.mjs', '.json', '.node'],
    },
  },
};
