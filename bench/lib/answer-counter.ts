import type { WireAnswer } from './wire.ts';

const BROKEN = 'broken connection';

const FIRST_PROBLEM = 400;

/** What kind of answer it is: its status and, for a problem, its code. */
function kindOf(answer: WireAnswer | null): string {
  if (answer === null) return BROKEN;
  const { status } = answer;
  if (status < FIRST_PROBLEM) return String(status);
  const { code = 'without a code' } = bodyOf(answer);
  return `${status} ${code}`;
}

/** The fields of an answer's body that somebody here may look at. */
interface KnownBody {
  readonly id?: number;
  readonly code?: string;
  readonly issueNumber?: number;
}

export const bodyOf = ({ body }: WireAnswer): KnownBody => JSON.parse(body.toString()) as KnownBody;

/** Counts answers by their kinds. */
export class AnswerCounter {
  readonly counts: Record<string, number> = {};

  add(answer: WireAnswer | null): void {
    const kind = kindOf(answer);
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }
}
