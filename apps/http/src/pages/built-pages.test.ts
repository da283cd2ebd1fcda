import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readBuiltPages } from './built-pages.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jumun-pages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = () => readBuiltPages(pathToFileURL(`${folder}/`));
const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};

describe('What the build of the pages has left', () => {
  it('is two pages and all that they load', () => {
    write('index.html', '<title>주문</title>');
    write('admin.html', '<title>관제실</title>');
    write('assets/shop-1.js', 'start();');
    write('assets/shop-2.css', 'body {}');
    expect(read()).toEqual({
      shop: '<title>주문</title>',
      admin: '<title>관제실</title>',
      assets: new Map([
        ['shop-1.js', 'start();'],
        ['shop-2.css', 'body {}'],
      ]),
    });
  });

  it('is nothing where nothing was built', () => {
    expect(read()).toBeNull();
    write('index.html', '<title>주문</title>');
    expect(read()).toBeNull();
  });
});
