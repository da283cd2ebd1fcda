/**
 * What other teams get: packs the packages, looks at what is in them, and installs them into empty folders where nothing
 * of this repository can be reached, for programs of every kind to use them there.
 *
 * Usage: node .ci/packages/check.ts [consumer ...]; without arguments, all of them.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exampleOf } from './readme-example.ts';

const root = path.resolve(import.meta.dirname, '../..');
const bin = path.join(root, 'node_modules/.bin');
const PACKAGES = ['domain', 'application', 'adapters'];

/** The programs: where each one's files are. */
const CONSUMERS: Readonly<Record<string, string>> = {
  esm: '.ci/packages/consumers/esm',
  commonjs: '.ci/packages/consumers/commonjs',
  browser: '.ci/packages/consumers/browser',
  kit: '.ci/packages/consumers/kit',
  canteen: 'docs/examples/canteen',
};

/** What npm tells the scripts it runs would send a second npm to this repository. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|INIT_CWD|NODE_PATH)/.test(name) || /^npm_config_(cache|registry)$/.test(name),
  ),
);
env['PATH'] = [path.dirname(process.execPath), env['PATH']].join(path.delimiter);

const run = (cwd: string, command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const problems: string[] = [];

/** Like {@link run}, but a failure is a problem that is told at the end, after everything else was looked at. */
function expectToPass(
  what: string,
  cwd: string,
  command: string,
  ...args: readonly string[]
): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status === 0) return;
  problems.push(`${what}\n${stdout}${stderr}`);
}

function pack(name: string, into: string): string {
  const packed = run(
    path.join(root, 'packages', name),
    'npm',
    'pack',
    '--json',
    '--pack-destination',
    into,
  );
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[\n'))) as [{ filename: string }];
  return path.join(into, filename);
}

/** Only what was built from what is in it: no tests, and nothing left over from a file that is gone. */
function lookInto(name: string, tarball: string): void {
  const files = run(root, 'tar', '-tzf', tarball)
    .trim()
    .split('\n')
    .map((file) => file.replace('package/', ''));
  for (const needed of ['package.json', 'README.md', 'LICENSE']) {
    if (!files.includes(needed)) problems.push(`${name}: ${needed} is missing`);
  }
  for (const file of files) {
    const source = file
      .replace(/^dist\/(commonjs\/)?/, 'src/')
      .replace(/(\.d)?\.[jt]s(\.map)?$/, '.ts');
    const isBuilt = file.startsWith('dist/') && file !== 'dist/commonjs/package.json';
    if (isBuilt && !files.includes(source))
      problems.push(`${name}: ${file} was built from nothing`);
    if (/\.test\.|tsbuildinfo/.test(file)) problems.push(`${name}: ${file} is nobody's business`);
  }
  expectToPass(`publint: ${name}`, root, path.join(bin, 'publint'), '--strict', tarball);
  const profile = ['--profile', 'node16', '--no-color'];
  // inversify has no CommonJS build. Node loads ES modules by `require` all the same; see ADR 0020.
  const known = name === 'adapters' ? ['--ignore-rules', 'cjs-resolves-to-esm'] : [];
  expectToPass(`attw: ${name}`, root, path.join(bin, 'attw'), tarball, ...profile, ...known);
}

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const readManifest = (file: string): Manifest & { readonly version: string } =>
  JSON.parse(readFileSync(file, 'utf8')) as Manifest & { version: string };

/** Our packages by their tarballs; everything else in the version that the lock file of this repository has. */
function pinned(
  versions: Record<string, string>,
  tarballs: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.keys(versions).map((name) => {
      const tarball = tarballs.get(name);
      const installed = path.join(root, 'node_modules', name, 'package.json');
      return [name, tarball === undefined ? readManifest(installed).version : `file:${tarball}`];
    }),
  );
}

function tryOut(consumer: string, folder: string, tarballs: ReadonlyMap<string, string>): void {
  const from = CONSUMERS[consumer];
  if (from === undefined) throw new Error(`there is no consumer ${consumer}`);
  const inside = path.join(folder, consumer);
  cpSync(path.join(root, from), inside, { recursive: true });
  const manifest = readManifest(path.join(inside, 'package.json'));
  manifest.dependencies = pinned(manifest.dependencies, tarballs);
  manifest.devDependencies = pinned(manifest.devDependencies ?? {}, tarballs);
  // What the tarballs ask each other for is not in a registry yet.
  const overrides = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  const wanted = { ...manifest, overrides: { ...overrides, ...overridesHere(consumer) } };
  writeFileSync(path.join(inside, 'package.json'), JSON.stringify(wanted, null, 2));
  run(
    inside,
    'npm',
    'install',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  );
  if (consumer === 'esm') {
    const readme = path.join(inside, 'node_modules/@jumun/domain/README.md');
    writeFileSync(path.join(inside, 'readme.ts'), exampleOf(readFileSync(readme, 'utf8')));
  }
  process.stdout.write(run(inside, 'npm', 'test', '--silent'));
}

/** Nothing but Jest needs one: its resolver, in the version of this repository. */
const overridesHere = (consumer: string): Record<string, string> =>
  consumer === 'kit' ? { 'unrs-resolver': '1.12.2' } : {};

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'jumun-packages-')));
try {
  const tarballs = new Map<string, string>();
  for (const name of PACKAGES) {
    const tarball = pack(name, folder);
    tarballs.set(`@jumun/${name}`, tarball);
    lookInto(name, tarball);
  }
  const asked = process.argv.slice(2);
  for (const consumer of asked.length > 0 ? asked : Object.keys(CONSUMERS)) {
    console.log(`--- ${consumer}`);
    try {
      tryOut(consumer, folder, tarballs);
    } catch (fault) {
      const { stdout = '', message } = fault as Error & { stdout?: string };
      problems.push(`${consumer}: ${message}\n${stdout}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`PROBLEM ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
