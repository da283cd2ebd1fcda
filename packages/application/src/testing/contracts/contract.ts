import type { Queries } from '../../ports/queries.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';

/** One thing that every adapter of a port owes. */
export interface Rule<Harness> {
  readonly sentence: string;
  /** Rejects with a plain sentence when the adapter does not keep the rule. */
  readonly check: (harness: Harness) => Promise<void>;
}

/** What a port promises, for any test runner and any adapter. Each rule wants a harness of its own. */
export type Contract<Harness> = readonly Rule<Harness>[];

/** What is needed of a test runner: `describe` and `it` of Jest, Vitest or node:test, as they are. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (sentence: string, body: () => Promise<void>) => unknown;
}

/**
 * Hands a contract to a test runner: a test for each rule, each with a harness of its own. A rule that is broken fails
 * under its sentence, with a sentence that says what was expected and what was found. A broken rule may also never come
 * to an end, so the runner should have a time limit for each test.
 */
export function describeContract<Harness>(
  { describe, it }: Runner,
  name: string,
  contract: Contract<Harness>,
  makeHarness: () => Harness | Promise<Harness>,
): void {
  describe(name, () => {
    for (const { sentence, check } of contract)
      it(sentence, async () => check(await makeHarness()));
  });
}

/** A store with nothing in it. */
export interface StoreHarness {
  readonly unitOfWork: UnitOfWork;
  readonly queries: Queries;
  /** The same store as another process reaches it: over connections of its own, where the store knows connections. */
  readonly rival: UnitOfWork;
}

export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

/** Plain data must be the same, in whatever order an object's fields or a set's members stand. */
export function mustEqual(found: unknown, expected: unknown, what: string): void {
  const [is, shouldBe] = [show(found), show(expected)];
  must(is === shouldBe, `${what}: expected ${shorten(shouldBe)}, found ${shorten(is)}`);
}

/** The fault with which `work` rejects. */
export async function mustReject(work: Promise<unknown>, what: string): Promise<unknown> {
  try {
    await work;
  } catch (fault) {
    return fault;
  }
  throw new Error(`${what}: expected a rejection, but it resolved`);
}

const SHOWN = 400;

const shorten = (text: string): string =>
  text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;

function show(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (part instanceof Map) return { map: [...part] };
    if (part instanceof Set) return { set: [...part].map(show).toSorted() };
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
  return text ?? 'nothing';
}
