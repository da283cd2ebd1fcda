import type { DataPlatform, PlatformAnswer, PlatformMessage } from '@jumun/application';
import { Agent, request } from 'undici';
import { keyOf, signatureHeader } from '../receiver/signature.js';
import { MessageTrace } from '../tracing/message-tracing.js';
import type { PlatformEndpoint } from './platform-endpoint.js';

export interface HttpPlatformOptions {
  /** How long a connection may take, in milliseconds. */
  readonly connectMs?: number;
  /** How long connection, request and the head of the answer may take together. */
  readonly totalMs?: number;
  /** Connections at a time, each with one message under way. */
  readonly connections?: number;
  /** Certificates that are trusted beside those that Node trusts, as PEM. */
  readonly trusted?: readonly string[];
}

const CONNECT_MS = 2_000;
const TOTAL_MS = 5_000;
const CONNECTIONS = 128;
/** What a receiver says beside its status is of no interest: so much is read, to keep the connection. */
const MOST_BODY_BYTES = 16_384;
const MOST_HEADER_BYTES = 16_384;

/**
 * Sends messages by POST over connections that are kept, signed as Standard Webhooks says. An answer counts as it is: no
 * redirect is followed, here or to another host. Certificates are verified. What it tells of a failure names no address, and
 * nothing of a message.
 */
export class HttpPlatformClient implements DataPlatform {
  private readonly agent: Agent;
  private readonly keys: readonly Buffer[];
  private readonly url: URL;
  private readonly connectMs: number;
  private readonly totalMs: number;

  constructor({ url, secrets }: PlatformEndpoint, options: HttpPlatformOptions = {}) {
    const { connectMs = CONNECT_MS, totalMs = TOTAL_MS, connections = CONNECTIONS } = options;
    this.url = new URL(url);
    this.keys = secrets.map(keyOf);
    this.connectMs = connectMs;
    this.totalMs = totalMs;
    this.agent = new Agent({
      connections,
      connect: {
        timeout: connectMs,
        ...(options.trusted === undefined ? {} : { ca: [...options.trusted] }),
      },
      headersTimeout: totalMs,
      bodyTimeout: totalMs,
      maxHeaderSize: MOST_HEADER_BYTES,
    });
  }

  async send(message: PlatformMessage): Promise<PlatformAnswer> {
    const traced = MessageTrace.begin('send message', { 'messaging.message.id': message.id });
    const answer = await this.post(message, traced?.headers);
    if (answer.kind === 'ANSWERED') traced?.answered(answer.status);
    else traced?.unanswered(answer.reason);
    return answer;
  }

  /** Lets go of every connection; what is under way fails. */
  close(): Promise<void> {
    return this.agent.destroy();
  }

  private async post(
    { id, body, at }: PlatformMessage,
    headers: Readonly<Record<string, string>> | undefined,
  ): Promise<PlatformAnswer> {
    const timestamp = String(Math.floor(at / 1_000));
    try {
      const answer = await request(this.url, {
        dispatcher: this.agent,
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Jumun/1',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatureHeader(this.keys, { id, timestamp, body }),
        },
        body,
        signal: AbortSignal.timeout(this.totalMs),
      });
      // Nobody waits for it: the head has said it all. The signal ends it with the rest.
      answer.body.dump({ limit: MOST_BODY_BYTES }).catch(() => undefined);
      const retryAfter = answer.headers['retry-after'];
      return {
        kind: 'ANSWERED',
        status: answer.statusCode,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
      };
    } catch (fault) {
      return { kind: 'UNREACHABLE', reason: this.reasonOf(fault) };
    }
  }

  private reasonOf(fault: unknown): string {
    const { name, code } = fault as { readonly name?: string; readonly code?: unknown };
    if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT') {
      return `no answer within ${this.totalMs} ms`;
    }
    if (typeof code !== 'string') return 'the request failed';
    if (code === 'UND_ERR_CONNECT_TIMEOUT') return `no connection within ${this.connectMs} ms`;
    return REASONS[code] ?? (isAboutTls(code) ? `not trusted: ${code}` : `failed: ${code}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection broken',
  EPIPE: 'connection broken',
  UND_ERR_SOCKET: 'connection broken',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
};

const isAboutTls = (code: string): boolean => /CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code);
