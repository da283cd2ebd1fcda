import { Client, type Dispatcher } from 'undici';

/** An answer, as far as the load generator looks at it. `status` 0: there was none. */
export interface Heard {
  readonly status: number;
  /** The body, of a problem or where it was asked for; else empty. */
  readonly text: string;
  /** Seconds after which to come again; null where nothing is said. */
  readonly retryAfter: number | null;
}

export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether the body of the answer is wanted when all is well. */
  readonly wantBody: boolean;
}

const ANSWER_WITHIN_MS = 120_000;
const FIRST_PROBLEM = 400;

/** One keep-alive connection that carries one request at a time. */
export class LoadConnection {
  private readonly client: Client;

  constructor(url: string) {
    this.client = new Client(url, {
      pipelining: 1,
      keepAliveTimeout: ANSWER_WITHIN_MS,
      headersTimeout: ANSWER_WITHIN_MS,
      bodyTimeout: ANSWER_WITHIN_MS,
    });
  }

  /** Never rejects. */
  send({ method, path, headers, body, wantBody }: Outgoing): Promise<Heard> {
    return new Promise((resolve) => {
      let status = 0;
      let retryAfter: number | null = null;
      let chunks: Buffer[] | null = null;
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart() {},
        onResponseStart(_controller, statusCode, responseHeaders) {
          status = statusCode;
          if (wantBody || status >= FIRST_PROBLEM) chunks = [];
          if (status >= FIRST_PROBLEM) retryAfter = secondsOf(responseHeaders['retry-after']);
        },
        onResponseData(_controller, chunk) {
          chunks?.push(chunk);
        },
        onResponseEnd() {
          resolve({ status, text: textOf(chunks), retryAfter });
        },
        onResponseError(_controller, fault) {
          resolve({ status: 0, text: fault.message, retryAfter: null });
        },
      };
      this.client.dispatch({ method, path, headers: { ...headers }, body }, handler);
    });
  }

  close(): Promise<void> {
    return this.client.destroy();
  }
}

const textOf = (chunks: readonly Buffer[] | null): string =>
  chunks === null
    ? ''
    : ((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? '');

function secondsOf(header: string | string[] | undefined): number | null {
  const seconds = Number(header);
  return header === undefined || Number.isNaN(seconds) ? null : seconds;
}
