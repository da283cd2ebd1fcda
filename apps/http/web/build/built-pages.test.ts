/** What the real build leaves, as the server will send it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';

const HERE = path.join(process.cwd(), 'apps/http/web/build');
const BUILT = path.join(HERE, '../../dist-pages');

const textOf = (file: string): string => readFileSync(path.join(BUILT, file), 'utf8');
const assets = (): readonly string[] => readdirSync(path.join(BUILT, 'assets'));
const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** What looks like an address and is none: names of kinds of XML, and where an error of a library is explained. */
const IS_A_WORD = /^http:\/\/www\.w3\.org\/|^https:\/\/github\.com\/preactjs\//;

/** The scripts that a page loads before it shows anything: those that its HTML names, and what those import at once. */
function firstScripts(html: string): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const imports = /(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g;
    for (const next of all(textOf(`assets/${name}`), imports)) follow(next);
  };
  for (const name of all(html, /(?:src|href)="\/assets\/([\w.-]+\.js)"/g)) follow(name);
  return found;
}

const sizesOf = (names: Iterable<string>) => {
  const bytes = [...names].map((name) => Buffer.from(textOf(`assets/${name}`)));
  const sum = (compress: (each: Buffer) => Buffer): number =>
    bytes.reduce((total, each) => total + compress(each).length, 0);
  const br = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  return {
    br: sum((each) => brotliCompressSync(each, br)),
    gzip: sum((each) => gzipSync(each, { level: 9 })),
  };
};

beforeAll(() => {
  execFileSync(process.execPath, [path.join(HERE, 'build-pages.ts')], { stdio: 'inherit' });
}, 60_000);

describe('The pages as they are built', () => {
  it.each(['index.html', 'admin.html'])(
    'are told what they need to know, and have nothing written into them that their policy would stop: %s',
    (page) => {
      const html = textOf(page);
      expect(html).toContain('<meta name="jumun-settings" content="" />');
      expect(html).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/);
    },
  );

  it('load nothing from elsewhere, and nothing that is not there', () => {
    const there = new Set(assets());
    for (const page of ['index.html', 'admin.html']) {
      const loaded = all(textOf(page), /(?:src|href)="([^"]*)"/g);
      expect(loaded.length).toBeGreaterThan(2);
      for (const url of loaded) {
        expect([url, url.startsWith('/assets/') && there.has(url.slice(8))]).toEqual([url, true]);
      }
    }
    for (const name of there) {
      const text = textOf(`assets/${name}`);
      const elsewhere = all(text, /(https?:\/\/[^\s"'`)]+)/g);
      expect([name, elsewhere.filter((url) => !IS_A_WORD.test(url))]).toEqual([name, []]);
      const isStyle = name.endsWith('.css');
      expect([name, isStyle && /@import|url\((?!data:)/.test(text)]).toEqual([name, false]);
    }
  });

  it('are texts of kinds that the server knows, named by what is in them', () => {
    for (const name of assets()) expect(name).toMatch(/^[\w.-]+-[\w-]{8}\.(js|css|svg)$/);
  });

  it('show the shop after less than 60 kB of compressed script, and keep some of that in hand', () => {
    const { br, gzip } = sizesOf(firstScripts(textOf('index.html')));
    expect(br).toBeGreaterThan(5_000);
    expect({ br: br < 48_000, gzip: gzip < 54_000, sizes: { br, gzip } }).toMatchObject({
      br: true,
      gzip: true,
    });
  });

  it('bring no page before it is opened, but the main page', () => {
    const first = firstScripts(textOf('index.html'));
    const others = assets().filter((name) =>
      /^(cart|order|orders|wallet|coupons|product|catalogue)-page-.*\.js$/.test(name),
    );
    expect(others.length).toBeGreaterThanOrEqual(7);
    expect(others.filter((name) => first.has(name))).toEqual([]);
  });
});
