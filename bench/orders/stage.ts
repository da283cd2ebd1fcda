import type { Bench } from '../lib/bench.ts';
import { type Book, withBooks } from '../lib/books.ts';
import { Contender } from '../lib/contender.ts';
import { withRedis } from '../lib/servers.ts';
import { startFront, startService, withServices } from '../lib/service.ts';

/** Everybody who serves orders over HTTP, each baseline behind the same front. */
export interface Stage {
  readonly jumun: Contender;
  /** Two processes on one database, connections shared out evenly. */
  readonly twoJumuns: Contender;
  readonly textbook: Contender;
  readonly redlock: Contender;
}

const TEXTBOOK = new URL('../baselines/textbook.ts', import.meta.url);
const REDLOCK = new URL('../baselines/redlock.ts', import.meta.url);

/** Starts everybody on one MySQL server, each with a database of its own; audits all books when `use` is done. */
export const withStage = (
  bench: Bench,
  server: string,
  use: (stage: Stage) => Promise<void>,
): Promise<void> =>
  withRedis((redisUrl) =>
    withBooks(bench, server, 3, async (books) => {
      const [ours, textbooks, redlocks] = books as [Book, Book, Book];
      const env = { WARM_UP: bench.small ? 'off' : 'on' };
      await withServices(
        [
          () => startService({ databaseUrl: ours.db.url, redisUrl, env }),
          () => startService({ databaseUrl: ours.db.url, redisUrl, env }),
          () => startFront(TEXTBOOK, { databaseUrl: textbooks.db.url }),
          () => startFront(REDLOCK, { databaseUrl: redlocks.db.url, redisUrl }),
        ],
        async ([one, another, textbook, redlock]) => {
          if (!one || !another || !textbook || !redlock) throw new Error('somebody is missing');
          await use({
            jumun: new Contender('Jumun', [one], ours),
            twoJumuns: new Contender('Jumun, two processes', [one, another], ours),
            textbook: new Contender('textbook', [textbook], textbooks),
            redlock: new Contender('Redlock', [redlock], redlocks),
          });
        },
      );
    }),
  );
