import { runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';
import { withMysql } from './lib/servers.ts';
import { COALESCED_1000, COALESCED_256, compareWalletReads } from './reads/coalesced.ts';
import { compareReads } from './reads/over-http.ts';

// How many pages a second, next to a handler of Express that does nothing but send one? And what do reads gain that share a
// query?

const REQUIREMENTS: readonly Requirement[] = [
  { name: COALESCED_256, required: 8 },
  { name: COALESCED_1000, required: 8 },
];

await runBench('reads', REQUIREMENTS, async (bench) => {
  const file = await compareReads(bench, 'sqlite');
  await withMysql(async (server) => {
    bench.on(`${file}, ${await compareReads(bench, server)}`);
    await compareWalletReads(bench, server);
  });
});
