import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
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
const MOST = 64;

type Act = { readonly after: number; readonly what: 'send' | 'succeed' | 'fail' };

const anyAct = (): fc.Arbitrary<Act> =>
  fc.record({
    after: fc.nat(3_000),
    what: fc.constantFrom('send', 'succeed', 'fail', 'fail', 'fail'),
  });

/** Every circuit on the way, with the time and the act that led there. */
function* history(acts: readonly Act[]) {
  let circuit: Circuit = closedCircuit(MOST);
  let now = instant(0);
  for (const { after, what } of acts) {
    const before = circuit;
    now = instant(now + after);
    if (what === 'succeed') circuit = afterSuccess(circuit, POLICY, MOST);
    else if (what === 'fail') circuit = afterFailure(circuit, now, POLICY);
    else if (roomIn(circuit, now, POLICY) > 0) circuit = afterSending(circuit);
    yield { before, what, now, circuit };
  }
}

const manyActs = fc.array(anyAct(), { maxLength: 200, size: 'max' });

describe('Whatever the platform does, the circuit', () => {
  test.prop([manyActs])(
    'has room for something within five seconds, unless it is asking',
    (acts) => {
      for (const { circuit, now } of history(acts)) {
        const later = instant(now + POLICY.longestProbePauseMs);
        if (circuit.state !== 'PROBING') {
          expect(roomIn(circuit, later, POLICY)).toBeGreaterThanOrEqual(1);
        }
      }
    },
  );

  test.prop([manyActs])('is closed by every success, and only by one', (acts) => {
    for (const { before, what, circuit } of history(acts)) {
      if (what === 'succeed') expect(circuit.state).toBe('CLOSED');
      else if (before.state !== 'CLOSED') expect(circuit.state).not.toBe('CLOSED');
    }
  });

  test.prop([manyActs])('opens only after failures without a success among them', (acts) => {
    let streak = 0;
    for (const { before, what, circuit } of history(acts)) {
      if (what === 'succeed') streak = 0;
      if (what === 'fail') streak += 1;
      if (before.state === 'CLOSED' && circuit.state === 'OPEN') {
        expect(streak).toBeGreaterThanOrEqual(POLICY.fewFailures);
      }
      if (streak >= POLICY.manyFailures) expect(circuit.state).not.toBe('CLOSED');
    }
  });

  test.prop([manyActs])(
    'never has more room than there is, nor any before a probe is due',
    (acts) => {
      for (const { circuit, now } of history(acts)) {
        const room = roomIn(circuit, now, POLICY);
        expect(room).toBeLessThanOrEqual(circuit.state === 'CLOSED' ? MOST : POLICY.probes);
        if (circuit.state === 'OPEN' && now < circuit.probeAt) expect(room).toBe(0);
      }
    },
  );
});
