import { documentGuard } from '../api/guard.js';
import { committedDocument } from '../api/document.js';
import { Dice } from './dice.js';
import { RequestMaker, type Tokens, type WireRequest } from './requests.js';
import { Wire, type WireAnswer } from './wire.js';

export interface FuzzPlan {
  readonly requests: number;
  readonly seed: number;
  /** So many at once. */
  readonly inFlight: number;
  /** Hears how many are done, after every thousandth. */
  readonly onProgress?: (done: number) => void;
}

export interface FuzzReport {
  /** How often each status came; 0 where the server hung up without a word. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What should not have been, with the request that brought it about. */
  readonly faults: readonly string[];
}

/** Tokens of two customers with money to spend, and of an operator, from a server that gives development tokens. */
export async function rich(port: number): Promise<Tokens> {
  const url = `http://127.0.0.1:${port}/api/v1`;
  const post = async (path: string, body: object, token?: string): Promise<string> => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { 'content-type': 'application/json', ...authorization };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${url}${path}`, request);
    return String(((await answer.json()) as { readonly token?: unknown }).token);
  };
  const [kim, lee] = [
    await post('/dev/tokens', { userId: 1 }),
    await post('/dev/tokens', { userId: 2 }),
  ];
  for (const token of [kim, lee]) await post('/wallet/charges', { amount: 10_000_000 }, token);
  return { kim, lee, operator: await post('/dev/tokens', { userId: 3, roles: ['operator'] }) };
}

/** Statuses at and above which only what the document calls an outage may be. */
const FAULT = 500;
const OUTAGE = 503;
const MOST_FAULTS = 20;

/** Puts requests made from the document to a server. Each answer must be one that the document tells of, and none a fault. */
export async function fuzz(port: number, tokens: Tokens, plan: FuzzPlan): Promise<FuzzReport> {
  const dice = new Dice(plan.seed);
  const maker = new RequestMaker(committedDocument(), tokens, dice);
  const wire = new Wire(port);
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  let asked = 0;
  const askOn = async (): Promise<void> => {
    while (asked < plan.requests && faults.length < MOST_FAULTS) {
      asked += 1;
      if (asked % 1_000 === 0) plan.onProgress?.(asked);
      const wish = maker.next();
      try {
        const answer = await wire.ask(wish);
        const status = answer?.status ?? 0;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        judge(wish, answer);
      } catch (fault) {
        faults.push(`${told(wish)}\n  ${String(fault)}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: plan.inFlight }, askOn));
    return { statuses, faults };
  } finally {
    wire.close();
  }
}

function judge({ method, target }: WireRequest, answer: WireAnswer | null): void {
  if (answer === null) throw new Error('hung up without a word');
  const { status, headers, text } = answer;
  if (status >= FAULT && status !== OUTAGE) throw new Error(`a fault: ${status} ${text}`);
  const path = pathIn(target);
  documentGuard().check({ method, path, status, headers, text });
}

/** What a server looks for: a target may also be a whole URL, and has no fragment (RFC 9112, section 3.2). */
function pathIn(target: string): string {
  const [path = ''] = target.replace(/^https?:\/\/[^/?#]*/, '').split(/[?#]/);
  return path;
}

function told({ method, target, headers, body }: WireRequest): string {
  const shown = headers.filter(([name]) => name !== 'Authorization');
  return `${method} ${target.slice(0, 200)} ${JSON.stringify(shown).slice(0, 300)} ${body?.slice(0, 300) ?? ''}`;
}
