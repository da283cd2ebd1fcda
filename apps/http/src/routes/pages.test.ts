import { describe, expect, it } from '@jest/globals';
import { ADMIN_PATHS, SHOP_PATHS } from '../pages/page-paths.js';
import { PAGES, problemIn, type ServerOptions, withServer } from '../testing/memory-server.js';
import { pageRoutes } from './pages.js';

const opened = (path: string): string => path.replace(':id', '101');

const policyIn = (headers: Headers): readonly string[] =>
  (headers.get('content-security-policy') ?? '').split(';').toSorted();

const settingsIn = (html: string): unknown => {
  const [, content = ''] = /<meta name="jumun-settings" content="([^"]*)" \/>/.exec(html) ?? [];
  return JSON.parse(content.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
};

describe('The pages', () => {
  it('answer HTML on each of their paths, and are asked for again each time', () =>
    withServer(async ({ call }) => {
      for (const path of [...SHOP_PATHS, ...ADMIN_PATHS]) {
        const { status, headers, text } = await call('GET', opened(path));
        expect([path, status]).toEqual([path, 200]);
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(headers.get('cache-control')).toBe('no-cache');
        const script = path.startsWith('/admin') ? 'admin-1.js' : 'shop-1.js';
        expect(text).toContain(`src="/assets/${script}"`);
      }
    }));

  it('are not sent again to who has them', () =>
    withServer(async ({ call }) => {
      const first = await call('GET', '/');
      const tag = first.headers.get('etag') ?? '';
      const again = await call('GET', '/products', { headers: { 'if-none-match': tag } });
      expect([again.status, again.text]).toEqual([304, '']);
      expect(again.headers.get('content-security-policy')).toBe(
        first.headers.get('content-security-policy'),
      );
      const other = await call('GET', '/admin', { headers: { 'if-none-match': tag } });
      expect(other.status).toBe(200);
      expect((await call('HEAD', '/')).text).toBe('');
    }));

  it('allow nothing but what is served here, and no markup made of texts', () =>
    withServer(async ({ call }) => {
      for (const path of ['/', '/admin/deliveries', '/assets/shop-1.js']) {
        const { headers } = await call('GET', path);
        expect(policyIn(headers)).toEqual([
          "base-uri 'none'",
          "connect-src 'self'",
          "default-src 'none'",
          "font-src 'self'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "img-src 'self' data:",
          "manifest-src 'self'",
          "require-trusted-types-for 'script'",
          "script-src 'self'",
          "style-src 'self'",
          "trusted-types 'none'",
        ]);
        expect(headers.get('x-frame-options')).toBe('DENY');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
      }
    }));

  it('leave every other path to the problems', () =>
    withServer(async ({ call }) => {
      const elsewhere = [
        '/index.html',
        '/nothing',
        '/products/101/nothing',
        '/admin/nothing',
        '/assets',
        '/assets/nothing.js',
        '/assets/..%2Findex.html',
        '/api/v1/nothing',
      ];
      for (const path of elsewhere) {
        const missing = await call('GET', path);
        expect(problemIn(missing)).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
      }
      const wrong = await call('POST', '/cart', { body: {} });
      expect(problemIn(wrong)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
      expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    }));
});

describe('What the pages load', () => {
  it('is kept for good, since its name changes with it', () =>
    withServer(async ({ call }) => {
      const types = {
        'shop-1.js': 'text/javascript; charset=utf-8',
        'page-1.css': 'text/css; charset=utf-8',
        'icon-1.svg': 'image/svg+xml; charset=utf-8',
      };
      for (const [name, type] of Object.entries(types)) {
        const { status, headers, text } = await call('GET', `/assets/${name}`);
        expect([status, headers.get('content-type')]).toEqual([200, type]);
        expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(headers.get('etag')).toMatch(/^"[\w-]{22}(-(br|gzip))?"$/);
        expect(text).toBe(PAGES.built.assets.get(name));
      }
    }));

  it('comes compressed to who can read that', () =>
    withServer(async ({ call }) => {
      const whole = PAGES.built.assets.get('shop-1.js') ?? '';
      const asked = async (coding: string) => {
        const sent = { headers: { 'accept-encoding': coding } };
        const { headers, text } = await call('GET', '/assets/shop-1.js', sent);
        // It was taken apart on the way: what arrives is the same in any coding.
        expect([text, headers.get('vary')]).toEqual([whole, 'Accept-Encoding']);
        return [headers.get('content-encoding'), Number(headers.get('content-length'))];
      };
      const bytes = Buffer.byteLength(whole);
      expect(await asked('identity')).toEqual([null, bytes]);
      for (const coding of ['br', 'gzip']) {
        const [used, length] = await asked(coding);
        expect(used).toBe(coding);
        expect(length).toBeLessThan(bytes / 2);
      }
    }));
});

describe('What the pages are told', () => {
  const told = (settings: Partial<typeof PAGES.settings>): ServerOptions => ({
    deps: { pages: { ...PAGES, settings: { ...PAGES.settings, ...settings } } },
  });

  it('stands in each of them', () =>
    withServer(async ({ call }) => {
      const settings = { personas: true, tokenUrl: null, signInUrl: null };
      expect(settingsIn((await call('GET', '/')).text)).toEqual(settings);
      expect(settingsIn((await call('GET', '/admin')).text)).toEqual(settings);
    }));

  it('may be whom to ask for a token, and then they may ask there, and nowhere else', () => {
    const settings = {
      personas: false,
      tokenUrl: 'https://id.shop.example/session?app="jumun"&v=1',
      signInUrl: 'https://id.shop.example/sign-in',
    };
    return withServer(async ({ call }) => {
      const { headers, text } = await call('GET', '/');
      expect(settingsIn(text)).toEqual(settings);
      expect(policyIn(headers)).toContain("connect-src 'self' https://id.shop.example");
    }, told(settings));
  });

  it('has a place in a page, or the server does not start', () => {
    const built = { ...PAGES.built, admin: '<title>of another build</title>' };
    expect(() => pageRoutes({ ...PAGES, built })).toThrow('cannot be told anything');
  });
});

describe('A shop without pages', () => {
  it('is the API alone', () =>
    withServer(
      async ({ call }) => {
        for (const path of ['/', '/products', '/admin', '/assets/shop-1.js']) {
          expect(problemIn(await call('GET', path))).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
        }
        expect((await call('GET', '/api/v1/products')).status).toBe(200);
        expect((await call('GET', '/docs')).status).toBe(200);
      },
      { deps: { pages: null } },
    ));
});
