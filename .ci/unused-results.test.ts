import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { repository, runNode, withTree } from './planted.ts';

const DROPPED = 'a Result is dropped here: handle it or return it';
const CLOCK = 'the core is given the time: it does not read the clock';
const SCRIPT = '.ci/unused-results.ts';

/** One line, so that what is planted is on line 2. */
const prelude = [
  `import type { Result, ResultAsync } from 'neverthrow';`,
  'declare function pay(): Result<number, string>;',
  'declare function paySoon(): Promise<Result<number, string>>;',
  'declare function payLater(): ResultAsync<number, string>;',
  'declare function maybe(): Result<number, string> | undefined;',
  'declare const carts: readonly number[];',
].join(' ');

const sins = [
  ['a call', 'pay();'],
  ['an awaited call', 'await paySoon();'],
  ['a promise', 'paySoon();'],
  ['an asynchronous result', 'payLater();'],
  ['a result marked void', 'void pay();'],
  ['the right side of a comma', 'carts.at(0), pay();'],
  ['one side of a condition', 'carts.length > 0 ? pay() : undefined;'],
  ['the right side of an and', 'carts.length > 0 && pay();'],
  ['a result that may be absent', 'maybe();'],
  ['many results', 'await Promise.all(carts.map(() => paySoon()));'],
  ['the body of an arrow whose caller wants nothing', 'carts.forEach(() => pay());'],
  ['a mapped result', 'pay().map((won) => won + 1);'],
] as const;

const uses = [
  ['bound', 'export const bound = pay();'],
  ['assigned', 'let last = pay(); last = pay(); export const paid = last.isOk();'],
  ['returned', 'export const returned = carts.map(() => pay());'],
  ['matched', 'pay().match(() => 1, () => 2);'],
  ['asked', `if ((await paySoon()).isErr()) throw new Error('refused');`],
] as const;

const NOW = 'export const at = new Date();';
const clocks = [
  ['a domain file', 'packages/domain/src/clock.ts', NOW, [CLOCK]],
  [
    'a use case calling Date',
    'packages/application/src/clock.ts',
    `${NOW} Date();`,
    [CLOCK, CLOCK],
  ],
  ['a test', 'packages/domain/src/clock.test.ts', NOW, undefined],
  ['a builder', 'packages/application/src/testing/clock.ts', NOW, undefined],
  ['an adapter', 'packages/adapters/src/clock.ts', NOW, undefined],
  ['a given instant', 'packages/domain/src/given.ts', 'export const at = new Date(0);', undefined],
] as const;

const sinFile = (index: number) => `packages/domain/src/sin-${index}.ts`;
const useFile = (index: number) => `packages/domain/src/use-${index}.ts`;
const TSCONFIG = { 'tsconfig.json': '{ "include": ["packages"] }' };

function judge(tree: Readonly<Record<string, string>>) {
  return withTree({ ...TSCONFIG, ...tree }, async (folder) => {
    await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
    return runNode(folder, SCRIPT, 'tsconfig.json');
  });
}

describe('the check for unused results', () => {
  /** file → what is reported on its second line; one run for all. */
  const reports = new Map<string, string[]>();

  beforeAll(async () => {
    const { stderr } = await judge({
      ...Object.fromEntries(sins.map(([, code], i) => [sinFile(i), `${prelude}\n${code}`])),
      ...Object.fromEntries(uses.map(([, code], i) => [useFile(i), `${prelude}\n${code}`])),
      ...Object.fromEntries(clocks.map(([, file, code]) => [file, `\n${code}`])),
    });
    for (const [, file = '', message = ''] of stderr.matchAll(/^(\S+):2 (.*)$/gm))
      reports.set(file, [...(reports.get(file) ?? []), message]);
  });

  it.each(sins.map(([what], i) => [what, i] as const))('reports %s', (_, i) => {
    expect(reports.get(sinFile(i))).toEqual([DROPPED]);
  });

  it.each(uses.map(([what], i) => [what, i] as const))('accepts a result that is %s', (_, i) => {
    expect(reports.get(useFile(i))).toBeUndefined();
  });

  it.each(clocks)('judges the clock of %s', (_, file, _code, expected) => {
    expect(reports.get(file)).toEqual(expected);
  });

  it('fails on a dropped result, naming file and line', async () => {
    expect(await judge({ 'packages/domain/src/pay.ts': `${prelude}\npay();` })).toEqual({
      code: 1,
      stdout: '',
      stderr: `packages/domain/src/pay.ts:2 ${DROPPED}\n`,
    });
  });

  it('passes silently when every result is used', async () => {
    const tree = { 'packages/domain/src/pay.ts': `${prelude}\nexport const paid = pay();` };
    expect(await judge(tree)).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
