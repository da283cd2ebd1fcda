import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { repository, runNode, withTree } from './planted.ts';

const DOMAIN = 'packages/domain/src';
const unwrap = `import { ok } from 'neverthrow';\nexport const one = ok(1)._unsafeUnwrap();`;
const soon = 'const soon = (): Promise<number> => Promise.resolve(1);\n';

const sins = [
  [
    'a domain file reads the clock',
    `${DOMAIN}/clock.ts`,
    'export const now = Date.now();',
    'no-restricted-properties',
  ],
  [
    'a use case takes a random number',
    'packages/application/src/random.ts',
    'export const random = Math.random();',
    'no-restricted-properties',
  ],
  [
    'a domain file sets a timer',
    `${DOMAIN}/timer.ts`,
    'export const timer = setTimeout(() => 0, 1);',
    'no-restricted-globals',
  ],
  [
    'a use case sets an interval',
    'packages/application/src/interval.ts',
    'export const timer = setInterval(() => 0, 1);',
    'no-restricted-globals',
  ],
  [
    'a domain file asks the process',
    `${DOMAIN}/process.ts`,
    'export const id = process.pid;',
    'no-restricted-globals',
  ],
  [
    'a domain file makes an id of chance',
    `${DOMAIN}/uuid.ts`,
    'export const id = crypto.randomUUID();',
    'no-restricted-globals',
  ],
  [
    'a use case measures how long something takes',
    'packages/application/src/performance.ts',
    'export const start = performance.now();',
    'no-restricted-globals',
  ],
  [
    'a use case waits for a turn of the event loop',
    'packages/application/src/immediate.ts',
    'export const turn = setImmediate(() => 0);',
    'no-restricted-globals',
  ],
  [
    'a domain file asks the network',
    `${DOMAIN}/fetch.ts`,
    `export const rate = fetch('http://localhost');`,
    'no-restricted-globals',
  ],
  [
    'a domain file goes around by globalThis',
    `${DOMAIN}/around.ts`,
    'export const now = globalThis.Date.now();',
    'no-restricted-globals',
  ],
  [
    'a domain file takes the clock out of Date',
    `${DOMAIN}/destructured.ts`,
    'const { now } = Date;\nexport const at = now();',
    'no-restricted-properties',
  ],
  [
    'a domain file takes the hour of the machine’s time zone',
    `${DOMAIN}/hours.ts`,
    'export const hour = new Date(0).getHours();',
    'no-restricted-properties',
  ],
  [
    'a domain file sorts as the machine’s language does',
    `${DOMAIN}/language.ts`,
    `export const order = 'a'.localeCompare('b');`,
    'no-restricted-properties',
  ],
  ['a domain file unwraps a Result', `${DOMAIN}/unwrap.ts`, unwrap, 'no-restricted-properties'],
  [
    'an adapter unwraps a Result',
    'packages/adapters/src/unwrap.ts',
    unwrap,
    'no-restricted-properties',
  ],
  ['a route unwraps a Result', 'apps/http/src/unwrap.ts', unwrap, 'no-restricted-properties'],
  [
    'an adapter lets a promise float',
    'packages/adapters/src/floating.ts',
    `${soon}export function go() {\n  soon();\n}`,
    'no-floating-promises',
  ],
  [
    'an adapter hides a floating promise behind void',
    'packages/adapters/src/void.ts',
    `${soon}export function go() {\n  void soon();\n}`,
    'no-floating-promises',
  ],
  [
    'a promise is taken for a truth',
    'packages/adapters/src/misused.ts',
    `${soon}export const yes = soon() ? 1 : 2;`,
    'no-misused-promises',
  ],
  [
    'a switch forgets a case',
    `${DOMAIN}/switch.ts`,
    `export function code(status: 'PAID' | 'OPEN') {\n  switch (status) {\n    case 'PAID':\n      return 1;\n  }\n  return 0;\n}`,
    'switch-exhaustiveness-check',
  ],
  ['a type is any', `${DOMAIN}/any.ts`, 'export type Anything = any;', 'no-explicit-any'],
  [
    'a value is asserted to be there',
    `${DOMAIN}/non-null.ts`,
    `export const size = (many: Map<string, string>) => many.get('a')!.length;`,
    'no-non-null-assertion',
  ],
  ['a file has a default export', `${DOMAIN}/default.ts`, 'export default 1;', 'no-default-export'],
  ['an adapter prints', 'packages/adapters/src/print.ts', `console.log('hello');`, 'no-console'],
  [
    'a route reads the environment',
    'apps/http/src/env.ts',
    'export const port = process.env.PORT;',
    'no-process-env',
  ],
] as const;

const allowed = [
  [
    'a test unwraps a Result and takes the time',
    `${DOMAIN}/unwrap.test.ts`,
    `import { expect, it } from '@jest/globals';\nimport { ok } from 'neverthrow';\nit('unwraps', () => {\n  expect(ok(Date.now())._unsafeUnwrap()).toBe(1);\n});`,
  ],
  ['a builder unwraps a Result', `${DOMAIN}/testing/builders.ts`, unwrap],
  [
    'an adapter reads the clock and sets a timer',
    'packages/adapters/src/clock.ts',
    'export const now = Date.now();\nexport const timer = setTimeout(() => 0, 1);',
  ],
  [
    'a configuration reads the environment',
    'apps/http/src/config.ts',
    'export const port = process.env.PORT;',
  ],
  ['a main prints its banner', 'apps/http/src/main.ts', `console.log('hello');`],
] as const;

describe('the linter', () => {
  /** file → the rules it breaks; one run for all. */
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    const tree = {
      ...Object.fromEntries([...sins, ...allowed].map(([, file, code]) => [file, `${code}\n`])),
      '.oxlintrc.json': readFileSync(path.join(repository, '.oxlintrc.json'), 'utf8'),
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'nodenext', target: 'es2023', strict: true, types: ['node'] },
        include: ['packages', 'apps'],
      }),
    };
    await withTree(tree, async (folder) => {
      await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
      const args = ['--type-aware', '--format', 'unix', 'packages', 'apps'];
      const { stdout } = await runNode(folder, 'node_modules/oxlint/bin/oxlint', ...args);
      for (const [, file = '', rule = ''] of stdout.matchAll(
        /^(\S+?):\d+:\d+: .*\[.*\((\S+)\)\]$/gm,
      ))
        broken.set(file, [...(broken.get(file) ?? []), rule]);
    });
  });

  it.each(sins)('reports it when %s', (_, file, _code, rule) => {
    expect(broken.get(file)).toEqual([rule]);
  });

  it.each(allowed)('is silent when %s', (_, file, _code) => {
    expect(broken.get(file)).toBeUndefined();
  });
});
