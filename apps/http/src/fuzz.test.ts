import { describe, expect, it } from '@jest/globals';
import { fuzz, rich } from './testing/fuzz/fuzz.js';
import { withServer } from './testing/memory-server.js';

/** The long run is `npm run prove:fuzz`. */
const REQUESTS = 2_000;
/** A run can be had again: the same seed makes the same requests. */
const SEED = 20_240_117;

describe('Whatever is sent', () => {
  it(
    'is answered as the document says, and never with a fault',
    () =>
      withServer(async ({ port }) => {
        const plan = { requests: REQUESTS, seed: SEED, inFlight: 4 };
        const { statuses, faults } = await fuzz(port, await rich(port), plan);
        expect(faults).toEqual([]);
        // The fuzz is worth something only if it gets through to the use cases.
        const usual = [200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 422];
        expect([...statuses.keys()]).toEqual(expect.arrayContaining(usual));
      }),
    60_000,
  );
});
