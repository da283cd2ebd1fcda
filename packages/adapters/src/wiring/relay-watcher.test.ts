import { describe, expect, it } from '@jest/globals';
import type { FailedDelivery } from '@jumun/application';
import { type RelayLog, relayWatcher } from './relay-watcher.js';

const FAILED: FailedDelivery = {
  id: 7 as FailedDelivery['id'],
  orderId: 1001 as FailedDelivery['orderId'],
  attempt: 4,
  error: 'answered 503',
  isRefused: false,
};

function aLog() {
  const lines: (readonly unknown[])[] = [];
  const at =
    (level: string) =>
    (facts: object, text: string): void => {
      lines.push([level, facts, text]);
    };
  const log: RelayLog = { info: at('info'), warn: at('warn'), error: at('error') };
  return { lines, log };
}

describe('The log of a relay', () => {
  it('says when the platform is away and back, and what was lost or taken over', () => {
    const { lines, log } = aLog();
    const watcher = relayWatcher(log, () => 0);
    watcher.circuit('OPEN');
    watcher.circuit('CLOSED');
    watcher.stale(FAILED);
    watcher.unsettled(FAILED, new Error('away'));
    expect(lines.map(([level, , text]) => [level, text])).toEqual([
      ['warn', 'the data platform is away: messages wait'],
      ['info', 'the data platform is back: what failed is sent again'],
      ['error', 'a message was taken over while it was being sent'],
      ['error', 'the outcome of an attempt could not be written down'],
    ]);
  });

  it('has a few lines a second of failures, and says how many it left out', () => {
    const { lines, log } = aLog();
    let now = 0;
    const watcher = relayWatcher(log, () => now);
    for (let failure = 0; failure < 100; failure += 1) watcher.failed(FAILED);
    expect(lines).toHaveLength(5);
    now = 1_000;
    watcher.failed(FAILED);
    expect(lines.at(-1)).toEqual(['warn', { ...FAILED, unsaid: 95 }, 'a message failed']);
    watcher.failed(FAILED);
    expect(lines.at(-1)).toEqual(['warn', { ...FAILED, unsaid: 0 }, 'a message failed']);
  });
});
