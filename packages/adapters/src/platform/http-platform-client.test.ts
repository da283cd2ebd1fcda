import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { instant } from '@jumun/domain';
import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { verifyMessage } from '../receiver/verify-message.js';
import { LOCALHOST_IDENTITY } from '../testing/localhost-identity.js';
import { tellShare } from '../tracing/sampling.js';
import { HttpPlatformClient, type HttpPlatformOptions } from './http-platform-client.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLD_SECRET = 'the words that were used before';
const NOW = instant(Date.UTC(2024, 0, 17, 3));
const MESSAGE = {
  id: 'order-1001-1',
  body: '{"type":"jumun.order.completed.v1","data":{"orderId":1001,"sequence":1,"name":"무선 마우스"}}',
  at: instant(NOW + 789),
};
/** For what is answered, however busy the machine is. */
const PATIENT: HttpPlatformOptions = { connectMs: 10_000, totalMs: 10_000 };
/** For what is never answered. */
const QUICK: HttpPlatformOptions = { connectMs: 400, totalMs: 400 };

describe('The HTTP client of the platform', () => {
  const opened: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });

  async function listen(server: TcpServer): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push(async () => {
      if (server instanceof Server) server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  const client = (url: string, options = PATIENT, secrets: readonly string[] = [SECRET]) => {
    const made = new HttpPlatformClient({ url, secrets }, options);
    opened.push(() => made.close());
    return made;
  };

  /** A client of a server that answers so. */
  const clientOf = async (
    answer: RequestListener,
    options = PATIENT,
  ): Promise<HttpPlatformClient> =>
    client(`http://127.0.0.1:${await listen(createServer(answer))}/orders`, options);

  it('sends the very bytes, signed by every secret, so that either is enough to verify it', async () => {
    const requests: IncomingMessage[] = [];
    const bodies: Promise<string>[] = [];
    const port = await listen(
      createServer((incoming, response) => {
        requests.push(incoming);
        bodies.push(text(incoming));
        response.writeHead(204).end();
      }),
    );
    const made = client(`http://127.0.0.1:${port}/orders?of=jumun`, PATIENT, [SECRET, OLD_SECRET]);
    expect(await made.send(MESSAGE)).toEqual({ kind: 'ANSWERED', status: 204, retryAfter: null });
    const [heard] = requests;
    if (heard === undefined) throw new Error('nothing was heard');
    const request = { headers: heard.headers, body: (await bodies[0]) ?? '' };
    expect([heard.method, heard.url, request.body]).toEqual([
      'POST',
      '/orders?of=jumun',
      MESSAGE.body,
    ]);
    expect(request.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': 'order-1001-1',
      'webhook-timestamp': String(NOW / 1_000),
    });
    for (const secret of [SECRET, OLD_SECRET]) {
      expect(verifyMessage(request, { secrets: [secret], now: NOW })).toMatchObject({ ok: true });
    }
    expect(verifyMessage(request, { secrets: ['another'], now: NOW })).toMatchObject({
      reason: 'FORGED',
    });
  });

  it('tells the receiver which trace a message belongs to, where it is traced', async () => {
    const exporter = new InMemorySpanExporter();
    const heard: (string | string[] | undefined)[] = [];
    const made = await clientOf(({ headers }, response) => {
      heard.push(headers['traceparent']);
      response.writeHead(heard.length === 3 ? 503 : 204).end();
    });
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    opened.push(async () => {
      tellShare(0);
      trace.disable();
      propagation.disable();
    });
    await made.send(MESSAGE);
    tellShare(1);
    await made.send(MESSAGE);
    await made.send(MESSAGE);
    await made.close();
    await made.send(MESSAGE);
    const spans = exporter.getFinishedSpans();
    const told = spans.map(
      (span) => `00-${span.spanContext().traceId}-${span.spanContext().spanId}-01`,
    );
    expect(heard).toEqual([undefined, ...told.slice(0, 2)]);
    expect(spans.map(({ attributes }) => attributes)).toEqual([
      { 'messaging.message.id': MESSAGE.id, 'http.response.status_code': 204 },
      { 'messaging.message.id': MESSAGE.id, 'http.response.status_code': 503 },
      { 'messaging.message.id': MESSAGE.id, 'error.type': expect.any(String) },
    ]);
  });

  it('keeps its connections from one message to the next', async () => {
    const server = createServer((_request, response) => response.end('{}'));
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const made = client(`http://127.0.0.1:${await listen(server)}/`);
    for (let message = 0; message < 20; message += 1) await made.send(MESSAGE);
    // A second one is opened where the first is not free again in the very turn in which it has answered.
    expect(connections).toBeLessThanOrEqual(2);
  });

  it.each([200, 301, 400, 410, 429, 500])('tells of %i as it is', async (status) => {
    const made = await clientOf((_request, response) => response.writeHead(status).end('body'));
    expect(await made.send(MESSAGE)).toEqual({ kind: 'ANSWERED', status, retryAfter: null });
  });

  it.each(['120', 'Wed, 17 Jan 2024 03:00:45 GMT'])('hands on Retry-After: %s', async (value) => {
    const made = await clientOf((_request, response) =>
      response.writeHead(429, { 'retry-after': value }).end(),
    );
    expect(await made.send(MESSAGE)).toMatchObject({ status: 429, retryAfter: value });
  });

  it.each([301, 302, 307, 308])(
    'follows no redirect by %i: nobody else hears of it',
    async (status) => {
      let asked = 0;
      const other = await listen(
        createServer((_request, response) => {
          asked += 1;
          response.end();
        }),
      );
      const location = `http://127.0.0.1:${other}/orders`;
      const made = await clientOf((_request, response) =>
        response.writeHead(status, { location }).end(),
      );
      expect(await made.send(MESSAGE)).toMatchObject({ kind: 'ANSWERED', status });
      expect(asked).toBe(0);
    },
  );

  it('waits for an answer no longer than it may', async () => {
    const made = await clientOf(() => {}, QUICK);
    const began = performance.now();
    expect(await made.send(MESSAGE)).toEqual({
      kind: 'UNREACHABLE',
      reason: 'no answer within 400 ms',
    });
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('waits no longer for headers that come a byte at a time', async () => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => {});
        socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
        const drip = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(drip));
      }),
    );
    expect(await client(`http://127.0.0.1:${port}/`, QUICK).send(MESSAGE)).toMatchObject({
      reason: 'no answer within 400 ms',
    });
  });

  it('knows the answer when it has the head, and reads no endless body', async () => {
    let sent = 0;
    const made = await clientOf((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) sent += 16_384;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await made.send(MESSAGE)).toMatchObject({ kind: 'ANSWERED', status: 200 });
    // What the buffers on the way hold, and not more.
    expect(sent).toBeLessThan(20_000_000);
    expect(await made.send(MESSAGE)).toMatchObject({ status: 200 });
  });

  it('waits for no body that never ends', async () => {
    const made = await clientOf((_request, response) => {
      response.writeHead(202).write('{');
    });
    const began = performance.now();
    expect(await made.send(MESSAGE)).toMatchObject({ kind: 'ANSWERED', status: 202 });
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('does not take headers without end', async () => {
    const made = await clientOf((_request, response) =>
      response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end(),
    );
    expect(await made.send(MESSAGE)).toMatchObject({ kind: 'UNREACHABLE' });
  });

  it('tells of a connection that is reset, refused, or not made in time', async () => {
    const reset = await listen(createTcpServer((socket) => socket.resetAndDestroy()));
    expect(await client(`http://127.0.0.1:${reset}/`).send(MESSAGE)).toEqual({
      kind: 'UNREACHABLE',
      reason: 'connection broken',
    });
    expect(await client('http://127.0.0.1:1/').send(MESSAGE)).toEqual({
      kind: 'UNREACHABLE',
      reason: 'connection refused',
    });
    expect(await client('http://platform.invalid/').send(MESSAGE)).toEqual({
      kind: 'UNREACHABLE',
      reason: 'host not found',
    });
  });

  it('tells of what is no HTTP, and goes on', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('220 smtp ready\r\n')));
    const made = client(`http://127.0.0.1:${port}/`);
    expect(await made.send(MESSAGE)).toMatchObject({ kind: 'UNREACHABLE' });
    expect(await made.send(MESSAGE)).toMatchObject({ kind: 'UNREACHABLE' });
  });

  it('says nothing of where it sends, what, or signed by what', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('what?\r\n')));
    const answers = [
      await client(`http://127.0.0.1:${port}/hidden-path`).send(MESSAGE),
      await client('http://127.0.0.1:1/hidden-path').send(MESSAGE),
      await client('http://hidden-path.invalid/').send(MESSAGE),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/127\.0\.0\.1|hidden-path|whsec|마우스|1001/);
  });

  describe('with TLS', () => {
    const secure = async (): Promise<number> => {
      const server = createTlsServer(LOCALHOST_IDENTITY, (_request, response) => response.end());
      return listen(server);
    };

    it('trusts a certificate that it was told to trust, for the name that it is for', async () => {
      const port = await secure();
      const trusted = [LOCALHOST_IDENTITY.cert];
      const made = client(`https://localhost:${port}/`, { ...PATIENT, trusted });
      expect(await made.send(MESSAGE)).toMatchObject({ kind: 'ANSWERED', status: 200 });
      const wrongName = client(`https://127.0.0.1:${port}/`, { ...PATIENT, trusted });
      expect(await wrongName.send(MESSAGE)).toEqual({
        kind: 'UNREACHABLE',
        reason: 'not trusted: ERR_TLS_CERT_ALTNAME_INVALID',
      });
    });

    it('sends nothing to a certificate that nobody vouches for', async () => {
      const made = client(`https://localhost:${await secure()}/`);
      expect(await made.send(MESSAGE)).toEqual({
        kind: 'UNREACHABLE',
        reason: 'not trusted: DEPTH_ZERO_SELF_SIGNED_CERT',
      });
    });

    it('does not fall back to plain HTTP', async () => {
      const port = await listen(createServer((_request, response) => response.end()));
      const made = client(`https://localhost:${port}/`);
      expect(await made.send(MESSAGE)).toMatchObject({ kind: 'UNREACHABLE' });
    });
  });
});
