import type { ServerResponse } from 'node:http';
import { type Exchange, isOver, linesOf } from './exchange.js';
import { SECURITY_HEADERS } from './security-headers.js';

export interface EventStreamsOptions {
  /** How often a stream says that it is there when there is nothing else to say. */
  readonly heartbeatMs?: number;
  /** A reader for whom more bytes than this wait is cut off. */
  readonly mostBuffered?: number;
  readonly mostStreams?: number;
}

/** What the streams have done. */
export interface EventStreamsCounts {
  readonly open: number;
  /** Messages, each counted once for every stream that it was sent on. */
  readonly sent: number;
  /** Streams that were cut off because their readers were too slow. */
  readonly cutOff: number;
}

/** A client that listens. */
export interface EventStream {
  readonly response: ServerResponse;
  /** When its heartbeat is due, among all others. */
  readonly beat: number;
}

const HEARTBEAT_MS = 15_000;
const MOST_BUFFERED = 65_536;
const MOST_STREAMS = 20_000;

/** Streams take turns, so that thousands of heartbeats never come in one turn of the event loop. */
const BEATS = 15;
/** So many are written to in one turn of the event loop. */
const AT_ONCE = 256;
/** How long a client waits before it comes back, in milliseconds. */
const RETRY_MS = 3_000;
const HEARTBEAT = Buffer.from(': still here\n\n');

/** A stream ends with its connection; nobody may keep it, and a proxy must not hold it back. */
const HEADERS: readonly string[] = [
  ...SECURITY_HEADERS,
  ...linesOf({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
    Connection: 'close',
  }),
];

/**
 * Streams of server-sent events. What is told to many is made once. A reader who is too slow is cut off, and comes back by
 * itself; a reader who is gone without a word is found out by the heartbeats.
 */
export class EventStreams {
  private readonly heartbeatMs: number;
  private readonly mostBuffered: number;
  private readonly mostStreams: number;
  private readonly streams = new Set<EventStream>();
  private readonly beats: readonly Set<EventStream>[];
  private nextBeat = 0;
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();
  private isClosed = false;
  private sent = 0;
  private cutOff = 0;

  constructor(options: EventStreamsOptions = {}) {
    this.heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
    this.mostBuffered = options.mostBuffered ?? MOST_BUFFERED;
    this.mostStreams = options.mostStreams ?? MOST_STREAMS;
    this.beats = Array.from({ length: BEATS }, () => new Set<EventStream>());
  }

  /** Whether there is no room for one more. */
  get isFull(): boolean {
    return this.isClosed || this.streams.size >= this.mostStreams;
  }

  /** Begins a stream with what it has to say first; null when there is nobody to listen. `onEnd` is called when it is over. */
  open(exchange: Exchange, first: string, onEnd: () => void): EventStream | null {
    const { request, response } = exchange;
    if (isOver(exchange)) return null;
    response.writeHead(200, [...HEADERS, 'X-Request-Id', exchange.requestId, ...exchange.headers]);
    if (request.method === 'HEAD' || this.isClosed) {
      response.end();
      return null;
    }
    const stream: EventStream = { response, beat: this.nextBeat };
    this.nextBeat = (this.nextBeat + 1) % BEATS;
    this.streams.add(stream);
    this.beats[stream.beat]?.add(stream);
    response.once('close', () => {
      this.streams.delete(stream);
      this.beats[stream.beat]?.delete(stream);
      onEnd();
    });
    this.timer ??= this.startBeating();
    this.write(stream, Buffer.from(`retry: ${RETRY_MS}\n\n${first}`));
    return stream;
  }

  /** Tells the same to all of these, some in each turn of the event loop, after everything that was told before. */
  tell(streams: readonly EventStream[], message: string): void {
    if (streams.length === 0) return;
    const bytes = Buffer.from(message);
    this.telling = this.telling.then(() => this.tellInTurns(streams, bytes));
  }

  /** Ends every stream, and begins no more. What was told is sent; whoever is slow to read is cut off. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await this.telling;
    for (const { response } of this.streams) {
      if (response.writableLength > 0) response.destroy();
      else response.end();
    }
  }

  counts(): EventStreamsCounts {
    return { open: this.streams.size, sent: this.sent, cutOff: this.cutOff };
  }

  private async tellInTurns(streams: readonly EventStream[], bytes: Buffer): Promise<void> {
    for (let at = 0; at < streams.length; at += AT_ONCE) {
      for (const stream of streams.slice(at, at + AT_ONCE)) this.write(stream, bytes);
      this.sent += Math.min(AT_ONCE, streams.length - at);
      await new Promise((resume) => setImmediate(resume));
    }
  }

  private write(stream: EventStream, bytes: Buffer): void {
    const { response } = stream;
    if (response.destroyed || response.writableEnded) return;
    response.write(bytes);
    if (response.writableLength <= this.mostBuffered) return;
    this.cutOff += 1;
    response.destroy();
  }

  private startBeating(): NodeJS.Timeout {
    let beat = 0;
    const timer = setInterval(() => {
      beat = (beat + 1) % BEATS;
      for (const stream of this.beats[beat] ?? []) this.write(stream, HEARTBEAT);
    }, this.heartbeatMs / BEATS);
    return timer.unref();
  }
}
