/**
 * Changes the code of the core in every small way, and expects the tests beside it to notice. See ADR 0021.
 *
 * Usage: node .ci/mutation/run.ts [folder ...], such as domain/stock; without arguments, everything. The exit code is 1
 * when a package is below its score. What survived is printed, and written to coverage/mutation/survivors.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const root = path.resolve(import.meta.dirname, '../..');
process.chdir(root);

/** By package: the least score, and the files that decide, by folder. */
const PACKAGES: Readonly<
  Record<string, { readonly least: number; readonly folders: Readonly<Record<string, string>> }>
> = {
  domain: {
    least: 90,
    folders: {
      catalogue: '*',
      coupon: '*',
      order: '*',
      sales: '*',
      shared: '*',
      stock: '*',
      wallet: '*',
    },
  },
  application: {
    least: 80,
    folders: {
      catalogue: '{manage-products,write-review}',
      coupon: '{issue-coupon,manage-campaigns}',
      delivery: 'order-message',
      order: '{cancel-order,expire-order,holds,offer-alternatives,pay-order,place-order}',
      wallet: 'charge-wallet',
    },
  },
};

const everything = Object.entries(PACKAGES).flatMap(([name, { folders }]) =>
  Object.keys(folders).map((folder) => `${name}/${folder}`),
);

/** Mutants that count: not those that do not run, nor those that no test could be asked about. */
const KILLED = new Set(['Killed', 'Timeout']);
const LEFT = new Set(['Survived', 'NoCoverage']);

async function mutantsOf(place: string): Promise<readonly MutantResult[]> {
  const [name = '', folder = ''] = place.split('/');
  const files = PACKAGES[name]?.folders[folder];
  if (files === undefined) throw new RangeError(`nothing is changed in ${place}`);
  const within = `packages/${name}/src/${folder}`;
  process.env['MUTATED'] = within;
  const stryker = new Stryker({
    mutate: [`${within}/${files}.ts`, `!${within}/*.test.ts`],
    testRunner: 'jest',
    jest: {
      projectType: 'custom',
      configFile: '.ci/mutation/jest.config.mjs',
      enableFindRelatedTests: false,
    },
    testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 1,
    tsconfigFile: 'no-such.json',
    ignorePatterns: ['/apps', '/packages/adapters', '/bench', '/docs', 'dist', 'coverage'],
    tempDirName: `coverage/mutation/${name}-${folder}`,
    reporters: ['json'],
    jsonReporter: { fileName: `coverage/mutation/${name}-${folder}.json` },
    allowEmpty: false,
    logLevel: 'warn' as never,
    warnings: { slow: false } as never,
  } as never);
  return stryker.runMutationTest();
}

const lineOf = ({ fileName, location, mutatorName, replacement }: MutantResult): string =>
  `${path.relative(root, fileName)}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement.replaceAll(/\s+/g, ' ')}`;

const asked = process.argv.slice(2);
const counted = new Map<string, { killed: number; left: number }>();
const survivors: string[] = [];
for (const place of asked.length > 0 ? asked : everything) {
  const mutants = await mutantsOf(place);
  const [name = ''] = place.split('/');
  const score = counted.get(name) ?? { killed: 0, left: 0 };
  const killed = mutants.filter(({ status }) => KILLED.has(status)).length;
  const left = mutants.filter(({ status }) => LEFT.has(status));
  counted.set(name, { killed: score.killed + killed, left: score.left + left.length });
  survivors.push(...left.map(lineOf));
  const ignored = mutants.filter(({ status }) => status === 'Ignored').length;
  console.log(
    `${place}: ${killed} of ${killed + left.length} killed; ${ignored} run only at the start`,
  );
  for (const mutant of left) console.log(`  survived: ${lineOf(mutant)}`);
}
mkdirSync('coverage/mutation', { recursive: true });
writeFileSync('coverage/mutation/survivors.md', `${survivors.join('\n')}\n`);
for (const [name, { killed, left }] of counted) {
  const score = (100 * killed) / (killed + left);
  const least = PACKAGES[name]?.least ?? 100;
  console.log(`${name}: ${score.toFixed(1)} % of ${killed + left}, at least ${least} %`);
  if (score < least) process.exitCode = 1;
}
