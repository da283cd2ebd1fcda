import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

/** One project per workspace, all running from sources: no build is needed to test. */
const project = (displayName: string, root: string) => ({
  displayName,
  roots: [`<rootDir>/${root}`],
  testEnvironmentOptions: { customExportConditions: ['jumun-source', 'node', 'node-addons'] },
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.browser\\.test\\.ts$'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ] satisfies [string, object],
  },
});

/** A project whose tests talk to a real database and a real Redis. */
const withServers = (displayName: string, root: string) => ({
  ...project(displayName, root),
  globalSetup: '<rootDir>/.ci/start-test-servers.ts',
  globalTeardown: '<rootDir>/.ci/stop-test-servers.ts',
});

/** A project whose tests look at pages as people do, in a browser that they share. */
const withBrowser = (displayName: string, root: string) => ({
  ...project(displayName, root),
  testMatch: ['**/*.browser.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  globalSetup: '<rootDir>/.ci/start-test-browser.ts',
  globalTeardown: '<rootDir>/.ci/stop-test-browser.ts',
});

const config: Config = {
  projects: [
    project('domain', 'packages/domain'),
    project('application', 'packages/application'),
    withServers('adapters', 'packages/adapters'),
    withServers('http', 'apps/http/src'),
    project('web', 'apps/http/web'),
    withBrowser('pages', 'apps/http/src'),
    withServers('worker', 'apps/worker'),
    project('repo', '.ci'),
  ],
  // Many tests wait for another process: on two cores, Jest by itself would run one file at a time.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testTimeout: 30_000,
  coverageProvider: 'v8',
};

export default config;
