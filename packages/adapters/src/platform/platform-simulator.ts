import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as elapse } from 'node:timers/promises';
import { type Arrival, type Gap, OrderInbox } from '../receiver/order-inbox.js';
import { verifyMessage } from '../receiver/verify-message.js';
import type { PlatformEndpoint } from './platform-endpoint.js';

/** How a simulated platform behaves. Rates are from 0 to 1. */
export interface PlatformBehaviour {
  /** Every connection is reset, as if nobody were there. */
  readonly down: boolean;
  /** How long it thinks before an answer, in milliseconds. */
  readonly latencyMs: number;
  /** How often it answers 500. */
  readonly errorRate: number;
  /** How often it never answers. */
  readonly timeoutRate: number;
  /** How often it resets the connection before it has taken the message. */
  readonly resetRate: number;
  /** How often it takes the message and resets the connection: whoever sent it will send it again. */
  readonly duplicateRate: number;
}

export const WELL_BEHAVED: PlatformBehaviour = {
  down: false,
  latencyMs: 0,
  errorRate: 0,
  timeoutRate: 0,
  resetRate: 0,
  duplicateRate: 0,
};

/** A message that the simulator has taken. */
export interface PlatformArrival {
  readonly webhookId: string;
  readonly type: string;
  readonly orderId: number;
  readonly sequence: number;
  readonly arrival: Arrival;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a simulated platform has seen. */
export interface PlatformReport {
  readonly behaviour: PlatformBehaviour;
  /** Messages taken for the first time. */
  readonly messages: number;
  /** Messages that were there already. */
  readonly duplicates: number;
  /** Requests that were no message of ours. */
  readonly refused: number;
  /** Requests that it failed on purpose. */
  readonly failed: number;
  readonly gaps: readonly Gap[];
  /** The latest messages, newest first. */
  readonly latest: readonly PlatformArrival[];
}

export interface SimulatorOptions {
  /** Those that messages must be signed by; a fresh one unless told otherwise. */
  readonly secrets?: readonly string[];
  /** 0: a free one. */
  readonly port?: number;
  /** How many messages it shows. */
  readonly shown?: number;
  /** From 0 up to 1. */
  readonly chance?: () => number;
}

const SHOWN = 100;
const LONGEST_BODY_BYTES = 1_000_000;

/** What happens to a request, by chance. */
type Fate = 'TAKEN' | 'ERROR' | 'SILENCE' | 'RESET' | 'TAKEN_AND_RESET';

/**
 * A data platform to develop and test against: a real HTTP server on this machine, which verifies what it gets as any
 * receiver should, and misbehaves as it is told.
 */
export class PlatformSimulator {
  private behaviour = WELL_BEHAVED;
  private readonly inbox = new OrderInbox();
  private latest: PlatformArrival[] = [];
  private readonly tally = { messages: 0, duplicates: 0, refused: 0, failed: 0 };

  private constructor(
    private readonly server: Server,
    private readonly secrets: readonly string[],
    private readonly shown: number,
    private readonly chance: () => number,
  ) {
    server.on('connection', (socket) => {
      if (this.behaviour.down) socket.destroy();
    });
    server.on('request', (request, response) => {
      this.receive(request, response).catch(() => response.destroy());
    });
  }

  /** Resolves when it listens, on the loopback address. */
  static async start(options: SimulatorOptions = {}): Promise<PlatformSimulator> {
    const { port = 0, shown = SHOWN, chance = Math.random } = options;
    const { secrets = [`whsec_${randomBytes(32).toString('base64')}`] } = options;
    const server = createServer({ keepAliveTimeout: 65_000 });
    const simulator = new PlatformSimulator(server, secrets, shown, chance);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return simulator;
  }

  /** Where to send messages, and what to sign them by. */
  get endpoint(): PlatformEndpoint {
    return { url: `http://127.0.0.1:${this.port}/orders`, secrets: this.secrets };
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Changes how it behaves from now on; what is not named stays as it is. */
  behave(changes: Partial<PlatformBehaviour>): void {
    this.behaviour = { ...this.behaviour, ...changes };
    if (this.behaviour.down) this.server.closeAllConnections();
  }

  report(): PlatformReport {
    const { behaviour, tally, latest } = this;
    return { behaviour, ...tally, gaps: this.inbox.gaps(), latest: latest.toReversed() };
  }

  /** Stops at once, as if it were killed. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { latencyMs, down } = this.behaviour;
    const body = await bodyOf(request);
    if (down || body === undefined) return void response.destroy();
    if (latencyMs > 0) await elapse(latencyMs, undefined, { ref: false });
    const fate = this.fate();
    if (fate !== 'TAKEN') this.tally.failed += 1;
    if (fate === 'SILENCE') return;
    if (fate === 'RESET') return void response.destroy();
    if (fate === 'ERROR') return answer(response, 500);
    const isTaken = this.take(request, body);
    if (fate === 'TAKEN_AND_RESET') return void response.destroy();
    answer(response, isTaken ? 204 : 401);
  }

  private fate(): Fate {
    const { errorRate, timeoutRate, resetRate, duplicateRate } = this.behaviour;
    const bad = [
      ['ERROR', errorRate],
      ['SILENCE', timeoutRate],
      ['RESET', resetRate],
      ['TAKEN_AND_RESET', duplicateRate],
    ] as const;
    let left = this.chance();
    for (const [fate, rate] of bad) {
      left -= rate;
      if (left < 0) return fate;
    }
    return 'TAKEN';
  }

  /** Whether the request is a message of ours. */
  private take({ headers }: IncomingMessage, body: Buffer): boolean {
    const verified = verifyMessage({ headers, body }, { secrets: this.secrets });
    if (!verified.ok) {
      this.tally.refused += 1;
      return false;
    }
    const { id: webhookId, type, orderId, sequence } = verified.message;
    const arrival = this.inbox.take(verified.message);
    this.tally[arrival === 'DUPLICATE' ? 'duplicates' : 'messages'] += 1;
    this.latest.push({ webhookId, type, orderId, sequence, arrival, at: Date.now() });
    if (this.latest.length >= 2 * this.shown) this.latest = this.latest.slice(-this.shown);
    return true;
  }
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

/** Undefined where it is cut off, or longer than any message. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > LONGEST_BODY_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
