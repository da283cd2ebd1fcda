import { describe, expect, it } from '@jest/globals';
import { documented } from '../testing/api/current-document.js';
import { problemIn, routesOn, withServer } from '../testing/memory-server.js';

describe('The document', () => {
  it('is served as it is, and not again to who has it', () =>
    withServer(async (server) => {
      const { call } = server;
      const served = await call('GET', '/openapi.json');
      expect(served.status).toBe(200);
      expect(served.body).toEqual(documented(routesOn(server)));
      const tag = served.headers.get('etag') ?? '';
      const again = await call('GET', '/openapi.json', { headers: { 'if-none-match': tag } });
      expect([again.status, again.text]).toEqual([304, '']);
      expect((await call('HEAD', '/openapi.json')).text).toBe('');
    }));

  it('does not tell of development tokens where there are none', () =>
    withServer(
      async ({ call }) => {
        const { paths } = (await call('GET', '/openapi.json')).body;
        expect(paths).not.toHaveProperty('/api/v1/dev/tokens');
        expect(paths).toHaveProperty('/api/v1/orders');
      },
      { deps: { devTokens: false } },
    ));
});

describe('The page of the document', () => {
  it('loads nothing that is not served here, and allows nothing else', () =>
    withServer(async ({ call }) => {
      const { status, headers, text } = await call('GET', '/docs');
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers.get('content-security-policy')?.split(';').toSorted()).toEqual([
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
      ]);
      const loaded = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url = '']) => url);
      const assets = loaded.filter((url) => url.startsWith('/docs/assets/'));
      expect(loaded.filter((url) => !assets.includes(url))).toEqual(['data:,', '/openapi.json']);
      expect(assets).toHaveLength(4);
      for (const url of assets) {
        const asset = await call('GET', url);
        expect(asset.status).toBe(200);
        expect(asset.headers.get('content-type')).toMatch(
          url.endsWith('.css') ? /^text\/css;/ : /^text\/javascript;/,
        );
        expect(asset.text.length).toBeGreaterThan(100);
      }
    }));

  it('has no script or style written into it, which its policy would stop', () =>
    withServer(async ({ call }) => {
      const { text } = await call('GET', '/docs');
      expect(text).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/);
    }));

  it('gives away no other file', () =>
    withServer(async ({ call }) => {
      for (const file of ['package.json', '..%2Fpackage.json', 'swagger-ui.js']) {
        const missing = await call('GET', `/docs/assets/${file}`);
        expect(problemIn(missing)).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
      }
    }));
});
