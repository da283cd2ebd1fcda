import { afterSeconds, type Instant } from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import type { IAsyncProperty } from 'fast-check';
import { mustEqual } from '../contracts/contract.js';
import { ManualClock } from '../doubles/manual-clock.js';
import { type BatchHarness, type Played, Player } from './play.js';
import { anyScript, type Script } from './script.js';
import { transcriptOf } from './transcript.js';

/**
 * The property on which the whole design rests: a batch of commands gives every caller the same answer, and leaves the
 * same books, as the commands one after another. Run it over any adapters:
 * `await fc.assert(batchEquivalenceProperty(makeHarness), { numRuns: 100 })`.
 *
 * `makeHarness` is called twice for each script and gives a store of its own each time.
 */
export const batchEquivalenceProperty = (
  makeHarness: (clock: ManualClock) => Promise<BatchHarness> | BatchHarness,
): IAsyncProperty<[Script]> =>
  fc.asyncProperty(anyScript(), async (script) => {
    const together = await play(makeHarness, script, async (player) => {
      const before = player.batches;
      const played = await player.together(script.batch);
      mustEqual(player.batches - before, 1, 'how many batches the commands came in');
      return played;
    });
    const inTurn = await play(makeHarness, script, (player) => player.inTurn(script.batch));
    for (const part of Object.keys(inTurn)) {
      mustEqual(together[part], inTurn[part], `${part} of a batch, as of one after another`);
    }
    mustEqual(together['brokenRules'], [], 'broken rules');
  });

async function play(
  makeHarness: (clock: ManualClock) => Promise<BatchHarness> | BatchHarness,
  script: Script,
  finale: (player: Player) => Promise<readonly Played[]>,
): Promise<Readonly<Record<string, unknown>>> {
  const clock = new ManualClock(NOON);
  const harness = await makeHarness(clock);
  try {
    const player = new Player(harness, clock);
    const scene = await player.open(script);
    await player.oneByOne(script.before);
    const now: Instant = afterSeconds(NOON, script.secondsLater);
    clock.set(now);
    const played = await finale(player);
    return (await transcriptOf(harness, scene, played, now)) as Record<string, unknown>;
  } finally {
    await harness.close?.();
  }
}
