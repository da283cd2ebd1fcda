import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBench } from './lib/bench.ts';
import { RICH, withDatabase } from './lib/database.ts';
import { flameGraph, type Profile } from './lib/flame-graph.ts';
import { complaintsAbout, prepareLoad } from './lib/load.ts';
import { withMysql } from './lib/servers.ts';
import { startService } from './lib/service.ts';
import { productsOf } from './lib/wishes.ts';

// Where does the time of the HTTP process go while customers order and pay on MariaDB? Writes bench/results/flame-graph.svg.

const PICTURE = fileURLToPath(new URL('results/flame-graph.svg', import.meta.url));

await runBench('profile', [], (bench) =>
  withMysql((server) =>
    withDatabase({ server, seed: RICH }, async (db) => {
      const folder = await mkdtemp(join(tmpdir(), 'jumun-profile-'));
      try {
        const service = await startService({
          databaseUrl: db.url,
          nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
        });
        const load = await prepareLoad({
          urls: [service.url],
          connections: bench.small ? 8 : 200,
          customers: { first: 1, count: db.seed.customers },
          journey: { kind: 'ORDER', products: productsOf('uniform') },
          pace: { kind: 'CLOSED' },
          warmUpSeconds: bench.small ? 0.2 : 2,
          seconds: bench.seconds(15, 0.5),
        });
        const result = await load.run();
        await service.stop();
        const { perSecond, latency } = result;
        bench.row({ variant: 'Jumun', shape: 'HTTP, under the profiler', perSecond, latency });
        bench.expectNone(complaintsAbout(result, 'orders'));
        bench.expectNone(await db.audit(result.acknowledged));
        const [file = ''] = await readdir(folder);
        const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as Profile;
        await mkdir(new URL('results/', import.meta.url), { recursive: true });
        await writeFile(PICTURE, flameGraph(profile));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
  ),
);
