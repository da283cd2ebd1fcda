import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { plantedFaults } from '@jumun/application/testing';
import { exampleOf } from './packages/readme-example.ts';
import { repository } from './planted.ts';

const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8');

/** The cells of the rows of all tables in a page, without the headings. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  [...page.matchAll(/^\|(?<row>.*)\|$/gm)]
    .map(({ groups }) => (groups?.['row'] ?? '').split('|').map((cell) => cell.trim()))
    .filter((row, at, rows) => !isRule(row) && !isRule(rows[at + 1] ?? []));

const isRule = (row: readonly string[]): boolean => row.some((cell) => /^:?-+:?$/.test(cell));

interface Link {
  readonly text: string;
  readonly target: string;
}

const linksIn = (markdown: string): readonly Link[] =>
  [...markdown.matchAll(/\[(?<text>[^\]]*)\]\((?<target>[^)\s]+)\)/g)].map(({ groups }) => ({
    text: groups?.['text'] ?? '',
    target: groups?.['target'] ?? '',
  }));

/** How a title or a sentence of a test may be broken over lines in its file. */
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** The anchors of a page, as hosts of repositories make them of its headings. */
const anchorsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (?<heading>.*)$/gm)].map(({ groups }) =>
    (groups?.['heading'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

const RULES = 'docs/reference/rules.md';
const rules = rowsOf(read(RULES)).map(([rule = '', code = '', test = '', page = '']) => ({
  rule,
  code: linksIn(code)[0],
  test: linksIn(test)[0],
  page: linksIn(page)[0],
}));

const fileOf = (page: string, target: string): string =>
  path.join(path.dirname(page), target.split('#')[0] ?? '');

describe('The table of rules', () => {
  it('has rules of every scenario', () => {
    const scenarios = [...read(RULES).matchAll(/^## Scenario (\d+)/gm)].map(([, number]) => number);
    expect(scenarios).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(rules.length).toBeGreaterThan(40);
  });

  it.each(rules)('names a function that is there: $rule', ({ code }) => {
    const [owner = '', method] = code?.text.replaceAll('`', '').split('.') ?? [];
    const source = read(fileOf(RULES, code?.target ?? ''));
    expect(source).toMatch(new RegExp(`export .*\\b${owner}\\b`));
    expect(source).toMatch(new RegExp(`\\b${method ?? owner}\\b`));
  });

  it.each(rules)('names a test that is there: $rule', ({ test }) => {
    expect(squeezed(read(fileOf(RULES, test?.target ?? '')))).toContain(`'${test?.text ?? '?'}'`);
  });

  it.each(rules)('names a page that explains it: $rule', ({ page }) => {
    const [, anchor] = page?.target.split('#') ?? [];
    const explained = read(fileOf(RULES, page?.target ?? ''));
    expect(anchorsOf(explained)).toContain(anchor ?? anchorsOf(explained)[0]);
  });
});

describe('The table of invariants in the README of the domain', () => {
  const README = 'packages/domain/README.md';
  const invariants = rowsOf(read(README)).filter(([, , guards = '']) =>
    guards.includes('.test.ts'),
  );

  it('has one for every kind of aggregate', () => {
    const kinds = new Set(invariants.map(([kind]) => kind));
    for (const kind of ['Stock', 'Wallet', 'Coupon', 'CouponCampaign', 'Order', 'Basket']) {
      expect(kinds).toContain(kind);
    }
  });

  it.each(invariants)('of %s: %s', (_kind, _invariant, guards) => {
    for (const [, pattern = '', sentences = ''] of guards.matchAll(
      /`([^`]+)`(?:: ([^`]+?))?(?=(?:[;,] `)|$)/g,
    )) {
      const files = globSync(path.join('packages/domain/src', pattern), { cwd: repository });
      expect(files).not.toEqual([]);
      for (const sentence of sentences.split('; ').filter(Boolean)) {
        const having = files.filter((file) => squeezed(read(file)).includes(sentence));
        expect(having).not.toEqual([]);
      }
    }
  });
});

describe('The guide to adapters', () => {
  it('lists the planted faults of the kit, and what catches each', () => {
    const listed = rowsOf(read('docs/how-to/write-an-adapter.md')).slice(-plantedFaults.length);
    expect(listed).toEqual(plantedFaults.map(({ name, caughtBy }) => [name, caughtBy]));
  });
});

describe('The worked example of the domain', () => {
  it('decides in about ten lines', () => {
    const [, body = ''] =
      /^function buy\(.*?\{\n(.*?)^\}/ms.exec(exampleOf(read('packages/domain/README.md'))) ?? [];
    const steps = body.split('\n').filter((line) => /^ {2}\S/.test(line));
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.length).toBeLessThanOrEqual(11);
  });
});

describe('The second service', () => {
  it('is less than 150 lines', () => {
    const lines = ['books.ts', 'canteen.ts'].flatMap((file) =>
      read(`docs/examples/canteen/${file}`).trimEnd().split('\n'),
    );
    expect(lines.length).toBeLessThan(150);
  });
});

describe('A page', () => {
  const pages = globSync('{*.md,docs/**/*.md,packages/*/README.md,bench/README.md}', {
    cwd: repository,
    exclude: ['docs/reference/api/**'],
  });

  it.each(pages)('%s links only to what is there', (page) => {
    const broken = linksIn(read(page))
      .filter(({ target }) => !/^(https?:|mailto:)/.test(target))
      .filter(({ target }) => {
        const [file = '', anchor] = target.split('#');
        const linked = file === '' ? page : path.join(path.dirname(page), file);
        if (!existsSync(path.join(repository, linked))) return true;
        return anchor !== undefined && !anchorsOf(read(linked)).includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});
