import type { CircuitPolicy } from './circuit.js';

/** How messages are sent to the data platform. Times are milliseconds. */
export interface DeliveryPolicy {
  /** How often a message is sent before it is FAILED: the first time and the retries. */
  readonly attempts: number;
  /** The pause before the first retry; it doubles with every further one. A part of up to a half is taken off by chance. */
  readonly firstPauseMs: number;
  /** The longest pause that the platform may ask for. */
  readonly longestPauseMs: number;
  /** How long an attempt belongs to who began it: longer than it can take. Then somebody else may make the next one. */
  readonly leaseMs: number;
  /** From one attempt to the next one of a message that is FAILED and that the platform did not refuse. */
  readonly resendAfterMs: number;
  /** How long a message waits behind a FAILED one of its order before it is looked at again, if nothing happens before. */
  readonly waitBehindFailedMs: number;
  /** The most messages that one process sends at a time, or has sent and not written down yet. */
  readonly maxInFlight: number;
  readonly circuit: CircuitPolicy;
}

/** For a platform somewhere in the network, which is given five seconds for an answer. */
export const DELIVERY_DEFAULTS: DeliveryPolicy = {
  attempts: 4,
  firstPauseMs: 1_000,
  longestPauseMs: 300_000,
  leaseMs: 30_000,
  resendAfterMs: 30_000,
  waitBehindFailedMs: 300_000,
  maxInFlight: 128,
  circuit: {
    fewFailures: 4,
    fewFailuresOverMs: 1_000,
    manyFailures: 20,
    firstProbeAfterMs: 1_000,
    longestProbePauseMs: 5_000,
    probes: 16,
  },
};
