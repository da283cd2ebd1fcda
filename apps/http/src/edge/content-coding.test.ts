import { describe, expect, it } from '@jest/globals';
import { codingsFor } from './content-coding.js';

describe('Accept-Encoding', () => {
  it.each([
    ['', ['identity']],
    ['gzip', ['gzip', 'identity']],
    ['gzip, deflate, br, zstd', ['br', 'gzip', 'identity']],
    ['deflate, gzip;q=1.0, *;q=0.5', ['gzip', 'br', 'identity']],
    ['br;q=0.2,gzip;q=0.8', ['gzip', 'br', 'identity']],
    ['BR ; q=1', ['br', 'identity']],
    ['identity;q=0', []],
    ['identity;q=0, gzip', ['gzip']],
    ['*;q=0', []],
    ['*', ['br', 'gzip', 'identity']],
    ['gzip;q=0, br;q=0.001', ['br', 'identity']],
    ['gzip;q=nonsense', ['identity']],
    [',,;;q=', ['identity']],
    [`gzip, ${'x'.repeat(300)}`, ['gzip', 'identity']],
  ])('%j takes %j', (header, codings) => {
    for (const _time of [1, 2]) expect(codingsFor(header)).toEqual(codings);
  });

  it('is read right also after very many different ones', () => {
    for (let at = 0; at < 1_000; at += 1) codingsFor(`gzip;q=0.${at}, x-${at}`);
    expect(codingsFor('gzip')).toEqual(['gzip', 'identity']);
  });
});
