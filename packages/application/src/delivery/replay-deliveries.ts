import { type Instant, ok, type Result } from '@jumun/domain';
import { AnswerBook } from '../batching/answer-book.js';
import type { Answered, Idempotency, IdempotencyKeyReused } from '../batching/command.js';
import type { Clock } from '../ports/clock.js';
import type { DeliveryProgress, HeldDelivery } from '../ports/repositories.js';
import type { Transaction, UnitOfWork } from '../ports/unit-of-work.js';
import type { DeliveryId } from './delivery.js';

/** What came of a replay. */
export interface DeliveryReplay {
  /** Messages that are in line again. */
  readonly requeued: number;
}

interface ReplayPorts {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

type Replayed = Result<Answered<DeliveryReplay>, IdempotencyKeyReused>;

/** How many messages are put in line in one transaction. */
const AT_ONCE = 500;

/**
 * Puts messages in line again, to be sent at once: those that are named, or, with null, all that are FAILED. A DELIVERED one
 * that is named is sent once more under the id that the receiver knows; one that is PENDING is in line already, and one that
 * is not there is passed over: neither counts.
 *
 * Many are put in line by several transactions, so after a crash some may be in line and others not; the same request again
 * does the rest, and no harm. With a key, the answer is remembered when all is done.
 */
export async function replayDeliveries(
  ports: ReplayPorts,
  ids: readonly DeliveryId[] | null,
  idempotency?: Idempotency,
): Promise<Replayed> {
  if (idempotency !== undefined) {
    const known = await ports.unitOfWork.run((tx) => recall(tx, idempotency));
    if (known !== null) return known;
  }
  const requeued = await (ids === null ? requeueFailed(ports) : requeueNamed(ports, ids));
  const answer = { requeued };
  if (idempotency === undefined) return ok({ answer, replayed: false });
  return ports.unitOfWork.run(async (tx) => {
    const answers = await AnswerBook.open(tx.idempotency, [idempotency]);
    const known = answers.recall(idempotency) as Replayed | null;
    if (known !== null) return known;
    answers.note(idempotency, answer, ports.clock.now());
    await answers.save();
    return ok({ answer, replayed: false });
  });
}

/** What was answered under a key has the form of what was asked: the fingerprint is that of the request. */
const recall = async (tx: Transaction, idempotency: Idempotency): Promise<Replayed | null> =>
  (await AnswerBook.open(tx.idempotency, [idempotency])).recall(idempotency) as Replayed | null;

async function requeueFailed({ unitOfWork, clock }: ReplayPorts): Promise<number> {
  let after: DeliveryId | null = null;
  for (let requeued = 0; ;) {
    const some: readonly HeldDelivery[] = await unitOfWork.run(async ({ deliveries }) => {
      const failed = await deliveries.lockFailed(after, AT_ONCE);
      await deliveries.saveMany(failed.map(inLineAt(clock.now())));
      return failed;
    });
    requeued += some.length;
    after = some.at(-1)?.id ?? null;
    if (some.length < AT_ONCE) return requeued;
  }
}

async function requeueNamed(
  { unitOfWork, clock }: ReplayPorts,
  ids: readonly DeliveryId[],
): Promise<number> {
  let requeued = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    requeued += await unitOfWork.run(async ({ deliveries }) => {
      const named = await deliveries.lockMany(ids.slice(at, at + AT_ONCE));
      const idle = [...named.values()].filter(({ status }) => status !== 'PENDING');
      await deliveries.saveMany(idle.map(inLineAt(clock.now())));
      return idle.length;
    });
  }
  return requeued;
}

const inLineAt =
  (now: Instant) =>
  ({ id }: HeldDelivery): DeliveryProgress => ({
    id,
    status: 'PENDING',
    lastError: null,
    nextAttemptAt: now,
    deliveredAt: null,
  });
