/** Builds the pages into apps/http/dist-pages, where anything that they are made of has changed. `--force`: anyway. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const app = path.join(import.meta.dirname, '../..');
const built = path.join(app, 'dist-pages');
const MARK = '.made-of';

/** What the pages are made of: their sources, what they share with the server and the domain, and the libraries. */
const SOURCES = [
  'web/**/*.{ts,tsx,css,svg,html,json}',
  'src/pages/*.ts',
  '../../packages/domain/src/**/*.ts',
  'package.json',
  '../../package-lock.json',
];

function digestOfSources(): string {
  const digest = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: app }).toSorted()) {
    if (file.endsWith('.test.ts')) continue;
    digest.update(`${file}\n`).update(readFileSync(path.join(app, file)));
  }
  return digest.digest('hex');
}

const mark = path.join(built, MARK);
const digest = digestOfSources();
const isCurrent = existsSync(mark) && readFileSync(mark, 'utf8') === digest;
if (!isCurrent || process.argv.includes('--force')) await build();

/** Into a folder beside it first: a server that starts meanwhile finds the old pages or the new ones, never half of them. */
async function build(): Promise<void> {
  const { build: bundle } = await import('vite');
  const folder = `${built}-${process.pid}`;
  try {
    await bundle({
      configFile: path.join(import.meta.dirname, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: folder },
    });
    writeFileSync(path.join(folder, MARK), digest);
    rmSync(built, { recursive: true, force: true });
    renameSync(folder, built);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
