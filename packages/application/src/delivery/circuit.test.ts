import { describe, expect, it } from '@jest/globals';
import { instant } from '@jumun/domain';
import {
  afterFailure,
  afterSending,
  afterSuccess,
  type Circuit,
  closedCircuit,
  roomIn,
} from './circuit.js';
import { DELIVERY_DEFAULTS } from './delivery-policy.js';

const POLICY = DELIVERY_DEFAULTS.circuit;
const MOST = 128;

/** The circuit after failures at these times. */
const failing = (...times: readonly number[]): Circuit =>
  times.reduce<Circuit>(
    (circuit, at) => afterFailure(circuit, instant(at), POLICY),
    closedCircuit(MOST),
  );

const repeated = (times: number, at: number): readonly number[] =>
  Array.from({ length: times }, () => at);

describe('The circuit', () => {
  it('opens when a few messages have failed one after another for a second', () => {
    expect(failing(0, 200, 600, 999).state).toBe('CLOSED');
    expect(failing(0, 200, 600, 1_000)).toEqual({ state: 'OPEN', probeAt: 2_000, failedProbes: 0 });
    expect(failing(0, 500, 1_000).state).toBe('CLOSED');
  });

  it('opens when many messages have failed one after another, at once', () => {
    expect(failing(...repeated(19, 5)).state).toBe('CLOSED');
    expect(failing(...repeated(20, 5)).state).toBe('OPEN');
  });

  it('counts failures from the last success on', () => {
    const well = afterSuccess(failing(...repeated(19, 0)), POLICY, MOST);
    expect(well).toEqual(closedCircuit(MOST));
    expect(afterFailure(well, instant(5_000), POLICY).state).toBe('CLOSED');
  });

  it('lets a few messages ask whether the platform is back, and nothing else', () => {
    const open = failing(...repeated(20, 0));
    expect(roomIn(open, instant(999), POLICY)).toBe(0);
    expect(roomIn(open, instant(1_000), POLICY)).toBe(POLICY.probes);
    const probing = afterSending(open);
    expect(probing.state).toBe('PROBING');
    expect(roomIn(probing, instant(9_000), POLICY)).toBe(0);
  });

  it('asks less often while the answer is no, but never seldom', () => {
    let circuit = failing(...repeated(20, 0));
    const pauses: number[] = [];
    for (let probe = 0; probe < 5; probe += 1) {
      if (circuit.state !== 'OPEN') throw new Error('it is open');
      const now = circuit.probeAt;
      circuit = afterFailure(afterSending(circuit), now, POLICY);
      pauses.push(circuit.state === 'OPEN' ? circuit.probeAt - now : Number.NaN);
    }
    expect(pauses).toEqual([2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  it('takes all failures of one probe for one', () => {
    const open = afterFailure(afterSending(failing(...repeated(20, 0))), instant(1_000), POLICY);
    expect(afterFailure(open, instant(1_500), POLICY)).toBe(open);
  });

  it('closes with any success, and lets more under way with every further one', () => {
    let circuit = afterSuccess(afterSending(failing(...repeated(20, 0))), POLICY, MOST);
    expect(circuit).toEqual(closedCircuit(POLICY.probes));
    for (let success = 0; success < 10; success += 1) circuit = afterSuccess(circuit, POLICY, MOST);
    expect(roomIn(circuit, instant(0), POLICY)).toBe(POLICY.probes + 10);
    for (let success = 0; success < 500; success += 1) {
      circuit = afterSuccess(circuit, POLICY, MOST);
    }
    expect(roomIn(circuit, instant(0), POLICY)).toBe(MOST);
  });

  it('closes with the late answer to a message that was sent before it opened', () => {
    expect(afterSuccess(failing(...repeated(20, 0)), POLICY, MOST).state).toBe('CLOSED');
  });

  it('is not changed by messages under way while it is closed', () => {
    const closed = closedCircuit(MOST);
    expect(afterSending(closed)).toBe(closed);
  });
});
