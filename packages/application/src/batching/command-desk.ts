import { err, type Instant, ok, type Result } from '@jumun/domain';
import type { Clock } from '../ports/clock.js';
import type { IdKind, IdSource } from '../ports/id-source.js';
import type { Lock } from '../ports/lock.js';
import type { Transaction, UnitOfWork } from '../ports/unit-of-work.js';
import { AnswerBook } from './answer-book.js';
import { Batcher, type BatcherCounts, type BatcherOptions, type ServiceBusy } from './batcher.js';
import { Books } from './books.js';
import { Claims } from './claims.js';
import type {
  Answered,
  CommandHandler,
  Decision,
  Idempotency,
  IdempotencyKeyReused,
  Refusal,
} from './command.js';
import { type IdSupply, SpareIds } from './spare-ids.js';

/** How long a batch may hold the lock on what it contends for. */
const CONTENTION_TTL_MS = 5_000;

export interface DeskPorts {
  readonly unitOfWork: UnitOfWork;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly lock: Lock;
}

type Outcome = Result<Answered<unknown>, Refusal>;

/** A command on its way, with its types put away: the batch treats all alike. */
interface Case {
  readonly ids: CommandHandler<never, never, never>['ids'];
  readonly contention: string | undefined;
  readonly idempotency: Idempotency | null;
  foresee(now: Instant): Refusal | undefined;
  claim(claims: Claims): void;
  decide(books: Books, now: Instant): Result<Decision<unknown>, Refusal>;
}

/**
 * Where commands of many customers meet. The desk gathers what arrives while the database is busy, and runs each batch in
 * one transaction: locks and loads in one order for everybody, idempotency answers, decisions in the order of arrival,
 * one set of writes, one commit. Nobody is told anything before the commit.
 */
export class CommandDesk {
  private readonly batcher: Batcher<Case, Outcome>;
  private readonly ids: SpareIds;

  constructor(
    private readonly ports: DeskPorts,
    options: BatcherOptions,
  ) {
    this.batcher = new Batcher((cases) => this.runBatch(cases), options);
    this.ids = new SpareIds(ports.ids);
  }

  async submit<Command, Answer, Refused extends Refusal>(
    handler: CommandHandler<Command, Answer, Refused>,
    command: Command,
    idempotency: Idempotency | null = null,
  ): Promise<Result<Answered<Answer>, Refused | IdempotencyKeyReused | ServiceBusy>> {
    const settled = await this.batcher.submit(
      {
        ids: handler.ids,
        contention: handler.contention?.(command),
        idempotency,
        foresee: (now) => handler.foresee?.(command, now),
        claim: (claims) => handler.claim(command, claims),
        decide: (books, now) => handler.decide(command, books, now),
      },
      { owner: handler.customer?.(command) ?? null, begins: handler.begins ?? false },
    );
    if (settled.isErr()) return err(settled.error);
    return settled.value as Result<Answered<Answer>, Refused | IdempotencyKeyReused>;
  }

  /** Takes nothing more, and resolves when everything accepted is done. */
  close(): Promise<void> {
    return this.batcher.close();
  }

  /** Whether commands are refused now: those that begin something, or all. */
  isBusy(begins: boolean): boolean {
    return this.batcher.isBusy(begins);
  }

  counts(): BatcherCounts {
    return this.batcher.counts();
  }

  private async runBatch(submitted: readonly Case[]): Promise<readonly Outcome[]> {
    const { unitOfWork, lock, clock } = this.ports;
    const cases = submitted.map((each) => foreseen(each, clock.now()));
    const ids = await this.ids.setAside(demandOf(cases));
    const run = () => unitOfWork.run((tx) => decideAll(tx, cases, ids, clock));
    const contended = new Set(cases.flatMap(({ contention }) => contention ?? []));
    const { outcomes, unused } = await (contended.size === 0
      ? run()
      : lock.withLock([...contended], CONTENTION_TTL_MS, run));
    this.ids.giveBack(unused);
    return outcomes;
  }
}

/** The ids that the commands of a batch may use up. */
function demandOf(cases: readonly Case[]): ReadonlyMap<IdKind, number> {
  const demand = new Map<IdKind, number>();
  for (const { ids } of cases) {
    for (const [kind, count] of Object.entries(ids) as [IdKind, number][]) {
      demand.set(kind, (demand.get(kind) ?? 0) + count);
    }
  }
  return demand;
}

/** A command that is certain to be refused needs nothing but a look whether its key has an answer. */
function foreseen(each: Case, now: Instant): Case {
  const refusal = each.foresee(now);
  if (refusal === undefined) return each;
  return { ...each, ids: {}, contention: undefined, claim: () => {}, decide: () => err(refusal) };
}

/** What a batch came to, and the ids that it did not need. */
interface Decided {
  readonly outcomes: readonly Outcome[];
  readonly unused: IdSupply;
}

async function decideAll(
  tx: Transaction,
  cases: readonly Case[],
  ids: IdSupply,
  clock: Clock,
): Promise<Decided> {
  const claims = new Claims();
  for (const each of cases) each.claim(claims);
  const keys = cases.flatMap(({ idempotency }) => idempotency ?? []);
  const orders = claims.orders.size === 0 ? undefined : await Books.lockOrders(tx, claims);
  const [books, answers] = await Promise.all([
    Books.open(tx, claims, ids, orders),
    // After the locks: whoever held them may have done the same request under the same key, in another process. Without
    // its answer we would see what it did, and refuse what was accepted.
    AnswerBook.open(tx.idempotency, keys),
  ]);
  const now = clock.now();
  const outcomes = cases.map((each) => decideOne(each, books, answers, now));
  await Promise.all([books.save(), answers.save()]);
  return { outcomes, unused: books.unusedIds() };
}

function decideOne(each: Case, books: Books, answers: AnswerBook, now: Instant): Outcome {
  const { idempotency } = each;
  const earlier = idempotency === null ? null : answers.recall(idempotency);
  if (earlier !== null) return earlier;
  const decided = each.decide(books, now);
  if (decided.isErr()) {
    books.dismiss();
    return err(decided.error);
  }
  const { answer, changes } = decided.value;
  books.apply(changes);
  if (idempotency !== null) answers.note(idempotency, answer, now);
  return ok({ answer, replayed: false });
}
