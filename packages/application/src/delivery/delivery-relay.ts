import { type Instant, instant, type OrderId } from '@jumun/domain';
import { Batcher } from '../batching/batcher.js';
import { Distribution, type DistributionSnapshot, TIMES_MS } from '../batching/distribution.js';
import type { Clock } from '../ports/clock.js';
import type { DataPlatform, PlatformAnswer } from '../ports/data-platform.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import {
  afterFailure,
  afterSending,
  afterSuccess,
  type Circuit,
  closedCircuit,
  roomIn,
} from './circuit.js';
import { claimDeliveries, type DeliveryWish } from './claim-deliveries.js';
import type { Delivery, DeliveryId } from './delivery.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import { type DeliveryOutcome, isPassing, judgeAnswer } from './judge-answer.js';
import { settleDeliveries, type Settlement } from './settle-deliveries.js';

export interface RelayPorts {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly platform: DataPlatform;
  /** From 0 up to 1. */
  readonly chance: () => number;
  /** Lets outcomes gather for a moment before they are written down together. */
  readonly gather: () => Promise<void>;
  readonly watcher: RelayWatcher;
}

/** Hears what an operator should know. */
export interface RelayWatcher {
  /** The circuit has opened, or closed again. */
  circuit(state: 'OPEN' | 'CLOSED'): void;
  /** A message is FAILED. */
  failed(delivery: FailedDelivery): void;
  /** The outcome of an attempt was not its maker's to tell any more: somebody else has made the next one. */
  stale(delivery: DeliveryAttempt): void;
  /** The outcome of an attempt could not be written down; the message is sent again when its lease is over. */
  unsettled(delivery: DeliveryAttempt, fault: unknown): void;
}

export interface DeliveryAttempt {
  readonly id: DeliveryId;
  readonly orderId: OrderId;
  /** The number of the attempt. */
  readonly attempt: number;
}

export interface FailedDelivery extends DeliveryAttempt {
  readonly error: string;
  /** Whether only an operator can have it sent again. */
  readonly isRefused: boolean;
}

/** What a relay has done since it was made, and how it stands. */
export interface RelayCounts {
  readonly circuit: Circuit['state'];
  /** How often the circuit has opened. */
  readonly opened: number;
  /** Messages that are being sent, or whose outcome is being written down. */
  readonly inFlight: number;
  readonly attempts: number;
  /** Outcomes of attempts, as they were written down. */
  readonly delivered: number;
  readonly retried: number;
  /** FAILED, to be sent again by themselves. */
  readonly failed: number;
  /** FAILED for good, unless an operator has them sent again. */
  readonly refused: number;
  /** Outcomes that came too late: see {@link RelayWatcher.stale}. */
  readonly stale: number;
  readonly unsettled: number;
  /** How long the platform took to answer, in milliseconds. */
  readonly answerMs: DistributionSnapshot;
  /** From a message's being written to its delivery, in milliseconds. */
  readonly delayMs: DistributionSnapshot;
}

/** Of the room so much is for messages that are FAILED, also of a probe: there may be nothing else to ask with. */
const SHARE_FOR_FAILED = 0.25;
/** More messages are claimed when so much of the room is free: a few at a time would cost as many transactions. */
const SHARE_FREE = 0.25;

/** Bounds for times from a payment to its delivery, in milliseconds. */
const DELAYS_MS = [...TIMES_MS, 10_000, 60_000, 600_000, 3_600_000] as const;

/**
 * Sends the messages that wait to the data platform: at least once each, those of one order one after another, and those of
 * different orders at the same time. Any number of relays can be at it. Whoever runs one calls {@link claim} when there may
 * be something to send, and tells it the time by its ports: it has no timer.
 */
export class DeliveryRelay {
  private readonly settling: Batcher<Settlement, boolean>;
  private readonly answerMs = new Distribution(TIMES_MS);
  private readonly delayMs = new Distribution(DELAYS_MS);
  private readonly tally = { attempts: 0, delivered: 0, retried: 0, failed: 0, refused: 0 };
  private stale = 0;
  private unsettled = 0;
  private opened = 0;
  private circuit: Circuit;
  /** FAILED messages that are due until then are sent again now: it is moved on when the platform is back. */
  private resendBy = instant(0);
  private inFlight = 0;
  private waiters: (() => void)[] = [];
  private isClosed = false;

  constructor(
    private readonly ports: RelayPorts,
    private readonly policy: DeliveryPolicy,
  ) {
    const { maxInFlight } = policy;
    this.circuit = closedCircuit(maxInFlight);
    this.settling = new Batcher((some) => settleDeliveries(ports, some), {
      maxBatch: maxInFlight,
      maxQueued: 2 * maxInFlight,
      endOfTurn: ports.gather,
    });
  }

  /**
   * Takes messages that are due, as many as there is room for, and begins to send them. Resolves to whether there may be
   * more that could be sent as soon as there is {@link room}. Rejects where the database is away. It is not to be called
   * again before it has resolved.
   */
  async claim(): Promise<boolean> {
    const now = this.ports.clock.now();
    const room = roomIn(this.circuit, now, this.policy.circuit);
    const free = room - this.inFlight;
    if (this.isClosed || room === 0) return false;
    if (free <= 0) return true;
    const isProbe = this.circuit.state !== 'CLOSED';
    const { deliveries, isMore } = await claimDeliveries(
      this.ports,
      this.policy,
      this.wishFor(free, isProbe, now),
    );
    if (deliveries.length === 0) return isMore && !isProbe;
    this.circuit = afterSending(this.circuit);
    this.inFlight += deliveries.length;
    for (const delivery of deliveries) {
      this.deliver(delivery)
        .catch((fault: unknown) => this.lose(delivery, fault))
        .finally(() => this.leave());
    }
    return isMore && !isProbe;
  }

  /** Resolves when a good part of the room is free. */
  async room(): Promise<void> {
    while (!this.hasRoom()) {
      await new Promise<void>((resume) => {
        this.waiters.push(resume);
      });
    }
  }

  counts(): RelayCounts {
    const { circuit, opened, inFlight, tally, stale, unsettled } = this;
    return {
      circuit: circuit.state,
      opened,
      inFlight,
      ...tally,
      stale,
      unsettled,
      answerMs: this.answerMs.toSnapshot(),
      delayMs: this.delayMs.toSnapshot(),
    };
  }

  /** Claims nothing more, and resolves when everything under way is written down: no later than an attempt can take. */
  async close(): Promise<void> {
    this.isClosed = true;
    while (this.inFlight > 0) {
      await new Promise<void>((resume) => {
        this.waiters.push(resume);
      });
    }
    await this.settling.close();
  }

  private wishFor(free: number, isProbe: boolean, now: Instant): DeliveryWish {
    const failed = Math.max(1, Math.floor(free * SHARE_FOR_FAILED));
    const failedBy = isProbe ? this.probeBy(now) : Math.max(now, this.resendBy);
    return { pending: Math.max(1, free - failed), failed, failedBy: instant(failedBy) };
  }

  /** A probe does not wait for a FAILED message to be due, only for it to have rested a little: there may be nothing else. */
  private probeBy(now: Instant): number {
    const { resendAfterMs, circuit } = this.policy;
    return now + Math.max(0, resendAfterMs - circuit.longestProbePauseMs);
  }

  private hasRoom(): boolean {
    const { maxInFlight } = this.policy;
    const most = this.circuit.state === 'CLOSED' ? this.circuit.room : maxInFlight;
    return this.inFlight <= most * (1 - SHARE_FREE);
  }

  private leave(): void {
    this.inFlight -= 1;
    const { waiters } = this;
    this.waiters = [];
    for (const resume of waiters) resume();
  }

  private async deliver(delivery: Delivery): Promise<void> {
    const { platform, clock, chance, watcher } = this.ports;
    const began = clock.now();
    this.tally.attempts += 1;
    const answer = await platform.send({
      id: webhookIdOf(delivery),
      body: delivery.payload,
      at: began,
    });
    const now = clock.now();
    this.answerMs.add(now - began);
    this.heed(answer, now);
    const outcome = judgeAnswer(delivery, answer, { now, chance: chance(), policy: this.policy });
    const settled = await this.settling.submit({ delivery, outcome });
    if (settled.isErr()) throw new Error('there is no room to write down what came of it');
    if (settled.value) return this.note(delivery, outcome);
    this.stale += 1;
    watcher.stale(attemptOf(delivery));
  }

  private lose(delivery: Delivery, fault: unknown): void {
    this.unsettled += 1;
    this.ports.watcher.unsettled(attemptOf(delivery), fault);
  }

  /** What an answer says about the platform: whoever refuses a message is there. */
  private heed(answer: PlatformAnswer, now: Instant): void {
    const { circuit, maxInFlight, resendAfterMs } = this.policy;
    const before = this.circuit.state;
    const isWell = answer.kind === 'ANSWERED' && (answer.status < 300 || !isPassing(answer));
    this.circuit = isWell
      ? afterSuccess(this.circuit, circuit, maxInFlight)
      : afterFailure(this.circuit, now, circuit);
    const { state } = this.circuit;
    if (state === 'CLOSED' && before !== 'CLOSED') {
      // All that were FAILED before are due by then.
      this.resendBy = instant(now + resendAfterMs);
      this.ports.watcher.circuit('CLOSED');
    } else if (state === 'OPEN' && before === 'CLOSED') {
      this.opened += 1;
      this.ports.watcher.circuit('OPEN');
    }
  }

  private note(delivery: Delivery, outcome: DeliveryOutcome): void {
    switch (outcome.status) {
      case 'DELIVERED':
        this.tally.delivered += 1;
        this.delayMs.add(outcome.deliveredAt - delivery.createdAt);
        return;
      case 'PENDING':
        this.tally.retried += 1;
        return;
      case 'FAILED': {
        const isRefused = outcome.nextAttemptAt === null;
        this.tally[isRefused ? 'refused' : 'failed'] += 1;
        this.ports.watcher.failed({ ...attemptOf(delivery), error: outcome.error, isRefused });
      }
    }
  }
}

/** The same for every attempt at a message, and for no other message. */
const webhookIdOf = ({ orderId, sequence }: Delivery): string => `order-${orderId}-${sequence}`;

const attemptOf = ({ id, orderId, attempts }: Delivery): DeliveryAttempt => ({
  id,
  orderId,
  attempt: attempts,
});
