import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { CODINGS, type Coding, codingsFor } from './content-coding.js';
import { type Exchange, headersOf, isOver, linesOf } from './exchange.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** How the same bytes go out. */
interface Variant {
  /** Names and values in turn of all headers that do not depend on the request; and those of a 304. */
  readonly headers: readonly string[];
  readonly unchangedHeaders: readonly string[];
  /** The bytes, a character for each: Node sends such a text in one piece with the headers, which it does not do with a Buffer. */
  readonly body: string;
}

type Encoding = Exclude<Coding, 'identity'>;

const COMPRESS: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/**
 * A 200 that is the same for everybody, made once: as it is, and compressed. Sending it costs hardly more than finding it.
 * An `If-None-Match` that names it in any coding gets a 304.
 */
export class PreparedAnswer {
  private readonly bytes: Buffer;
  private readonly digest: string;
  private readonly identity: Variant;
  private readonly compressed = new Map<Encoding, Variant>();
  private compressing: Promise<void> | null = null;

  /** `headers` are those that not every answer has. */
  constructor(
    body: string,
    private readonly headers: Readonly<Record<string, string>>,
    private readonly securityHeaders: readonly string[] = SECURITY_HEADERS,
  ) {
    this.bytes = Buffer.from(body);
    this.digest = createHash('sha256').update(this.bytes).digest('base64url').slice(0, 22);
    this.identity = this.variant('identity', this.bytes);
  }

  /** Makes the compressed variants; until it resolves, everybody gets the bytes as they are. */
  compress(): Promise<void> {
    this.compressing ??= this.compressAll();
    return this.compressing;
  }

  /** Sends it in the coding that the client likes best of those that there are. */
  send(exchange: Exchange): void {
    if (isOver(exchange)) return;
    const { request, response } = exchange;
    const variant = this.choose(request.headers['accept-encoding']);
    const known = request.headers['if-none-match'];
    if (known !== undefined && this.isNamedIn(known)) {
      response.writeHead(304, variant.unchangedHeaders.concat(headersOf(exchange))).end();
      return;
    }
    response
      .writeHead(200, variant.headers.concat(headersOf(exchange)))
      .end(variant.body, 'latin1');
  }

  private choose(header: string | string[] | undefined): Variant {
    if (typeof header !== 'string' || this.compressed.size === 0) return this.identity;
    for (const coding of codingsFor(header)) {
      const variant = coding === 'identity' ? this.identity : this.compressed.get(coding);
      if (variant !== undefined) return variant;
    }
    // Who takes nothing that we have gets it as it is.
    return this.identity;
  }

  /** Whether a header `If-None-Match` names this content, whatever its coding. */
  private isNamedIn(header: string): boolean {
    return header.trim() === '*' || header.includes(`"${this.digest}`);
  }

  private async compressAll(): Promise<void> {
    for (const coding of CODINGS) {
      if (coding === 'identity') continue;
      const bytes = await COMPRESS[coding](this.bytes);
      if (bytes.length < this.bytes.length) {
        this.compressed.set(coding, this.variant(coding, bytes));
      }
    }
  }

  private variant(coding: Coding, bytes: Buffer): Variant {
    const isPlain = coding === 'identity';
    const unchanged = {
      ...this.headers,
      ETag: isPlain ? `"${this.digest}"` : `"${this.digest}-${coding}"`,
      Vary: 'Accept-Encoding',
    };
    const headers = {
      ...unchanged,
      ...(isPlain ? {} : { 'Content-Encoding': coding }),
      'Content-Length': String(bytes.length),
    };
    return {
      headers: [...this.securityHeaders, ...linesOf(headers)],
      unchangedHeaders: [...this.securityHeaders, ...linesOf(unchanged)],
      body: bytes.toString('latin1'),
    };
  }
}
