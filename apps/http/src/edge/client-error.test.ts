import { describe, expect, it } from '@jest/globals';
import { withServer } from '../testing/memory-server.js';
import { parseRaw, sendRaw } from '../testing/raw-http.js';

const tooLarge = (method: string): string =>
  `${method} /livez HTTP/1.1\r\nHost: shop\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;

describe('A request that could not be read', () => {
  it('is told why, and hung up on', () =>
    withServer(async ({ port }) => {
      const { status, body } = parseRaw(await sendRaw(port, tooLarge('GET')));
      expect([status, JSON.parse(body)]).toEqual([
        431,
        expect.objectContaining({ code: 'HEADERS_TOO_LARGE' }),
      ]);
    }));

  it('gets no body when it was a HEAD: a client would take it for the next answer', () =>
    withServer(async ({ port }) => {
      const { status, headers, body } = parseRaw(await sendRaw(port, tooLarge('HEAD')));
      expect([status, headers.get('connection'), body]).toEqual([431, 'close', '']);
    }));
});
