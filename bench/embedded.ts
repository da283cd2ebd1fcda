import { compareInProcess } from './embedded/in-process.ts';
import { compareOverHttp } from './embedded/over-http.ts';
import { runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';

// What does a shop in one process on an SQLite file do, as a library and over HTTP?

const REQUIREMENTS: readonly Requirement[] = [
  { name: 'in process to raw', required: 0.35, aim: 0.5 },
  { name: 'in process to textbook', required: 12 },
];

await runBench('embedded', REQUIREMENTS, async (bench) => {
  await compareInProcess(bench);
  await compareOverHttp(bench);
});
