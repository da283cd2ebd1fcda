import { type Instant, instant } from '@jumun/domain';

/** When the platform counts as away, and how it is asked whether it is back. Times are milliseconds. */
export interface CircuitPolicy {
  /** So many failures, one after another and none of them a success… */
  readonly fewFailures: number;
  /** …over at least so long a time open the circuit. */
  readonly fewFailuresOverMs: number;
  /** So many, one after another, open it however soon they come. */
  readonly manyFailures: number;
  /** From opening to the first probe; the pause doubles with every probe that fails. */
  readonly firstProbeAfterMs: number;
  /** A FAILED message rests for as long before it may be part of a probe again. */
  readonly longestProbePauseMs: number;
  /** How many messages a probe is, and how many may be under way when the circuit has just closed. */
  readonly probes: number;
}

/**
 * A circuit breaker, as a value. CLOSED: messages are sent, a few at first and then more with every success, so that a
 * platform that has just come back is not run over. OPEN: the platform is away, and nothing is sent before `probeAt`.
 * PROBING: a few messages are under way to see whether it is back; any success says so.
 */
export type Circuit =
  | {
      readonly state: 'CLOSED';
      /** Failures since the last success. */
      readonly failures: number;
      /** When the first of them was; null without. */
      readonly failingSince: Instant | null;
      /** How many messages may be under way. */
      readonly room: number;
    }
  | { readonly state: 'OPEN'; readonly probeAt: Instant; readonly failedProbes: number }
  | { readonly state: 'PROBING'; readonly failedProbes: number };

/** A circuit that has no reason for doubt. */
export const closedCircuit = (room: number): Circuit => ({
  state: 'CLOSED',
  failures: 0,
  failingSince: null,
  room,
});

/** How many messages may be under way now. */
export function roomIn(circuit: Circuit, now: Instant, { probes }: CircuitPolicy): number {
  if (circuit.state === 'CLOSED') return circuit.room;
  return circuit.state === 'OPEN' && now >= circuit.probeAt ? probes : 0;
}

/** Messages are under way. Where the circuit is open, they are a probe. */
export const afterSending = (circuit: Circuit): Circuit =>
  circuit.state === 'OPEN' ? { state: 'PROBING', failedProbes: circuit.failedProbes } : circuit;

/** The platform has answered, whatever it said. `most`: how many messages may ever be under way. */
export function afterSuccess(circuit: Circuit, { probes }: CircuitPolicy, most: number): Circuit {
  const room = circuit.state === 'CLOSED' ? circuit.room + 1 : probes;
  return closedCircuit(Math.min(room, most));
}

/** The platform could not be reached, or could not answer. */
export function afterFailure(circuit: Circuit, now: Instant, policy: CircuitPolicy): Circuit {
  switch (circuit.state) {
    case 'OPEN':
      // It was sent before the circuit opened, or was part of a probe that has failed.
      return circuit;
    case 'PROBING':
      return opened(circuit.failedProbes + 1, now, policy);
    case 'CLOSED': {
      const failures = circuit.failures + 1;
      const failingSince = circuit.failingSince ?? now;
      const isLong = now - failingSince >= policy.fewFailuresOverMs;
      const isAway = failures >= policy.manyFailures || (failures >= policy.fewFailures && isLong);
      return isAway ? opened(0, now, policy) : { ...circuit, failures, failingSince };
    }
  }
}

function opened(
  failedProbes: number,
  now: Instant,
  { firstProbeAfterMs, longestProbePauseMs }: CircuitPolicy,
): Circuit {
  const pause = Math.min(firstProbeAfterMs * 2 ** failedProbes, longestProbePauseMs);
  return { state: 'OPEN', probeAt: instant(now + pause), failedProbes };
}
