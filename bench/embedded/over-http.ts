import type { Bench } from '../lib/bench.ts';
import { type Book, withBooks } from '../lib/books.ts';
import { Contender } from '../lib/contender.ts';
import { inTurns, middle, ratioTo } from '../lib/rounds.ts';
import { startFront, startService, withServices } from '../lib/service.ts';

const TEXTBOOK = new URL('../baselines/textbook.ts', import.meta.url);

/** The HTTP app on a file, as it is without any configuration, against the textbook behind the same front. */
export const compareOverHttp = (bench: Bench): Promise<void> =>
  withBooks(bench, 'sqlite', 2, async (books) => {
    const [ours, textbooks] = books as [Book, Book];
    const env = { WARM_UP: bench.small ? 'off' : 'on' };
    await withServices(
      [
        () => startFront(TEXTBOOK, { databaseUrl: textbooks.db.url }),
        () => startService({ databaseUrl: ours.db.url, env }),
      ],
      async ([textbook, jumun]) => {
        if (!textbook || !jumun) throw new Error('somebody is missing');
        const contenders = [
          new Contender('textbook', [textbook], textbooks),
          new Contender('Jumun', [jumun], ours),
        ];
        for (const connections of bench.small ? [8] : [1, 64, 200]) {
          await compare(bench, contenders, connections);
        }
      },
    );
  });

async function compare(
  bench: Bench,
  contenders: readonly Contender[],
  connections: number,
): Promise<void> {
  const runs = await inTurns(
    bench.small ? 1 : 3,
    contenders.map(
      (contender) => () =>
        contender.serve(bench, {
          connections,
          wishes: 'uniform',
          pace: { kind: 'CLOSED' },
          warmUpSeconds: bench.small ? 0.2 : 0.75,
          seconds: bench.seconds(2, 0.5),
        }),
    ),
  );
  for (const [at, each] of runs.entries()) {
    const { perSecond, latency } = middle(each);
    const variant = contenders[at]?.name ?? '';
    const shape = `HTTP, ${connections} connections, uniform`;
    bench.row({ variant, shape, perSecond, latency, ratio: ratioTo(runs[0] ?? [], each) });
  }
}
