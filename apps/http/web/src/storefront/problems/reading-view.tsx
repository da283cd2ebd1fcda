import type { ComponentChildren } from 'preact';
import type { Refusal } from '../../api/answer.js';
import type { Reading } from '../../api/use-reading.js';
import { Skeleton } from '../../ui/placeholders.js';
import { RefusalNote } from './refusal-note.js';
import { WaitingNote } from './waiting-note.js';

/** Shows what was read; until then its room, why it takes long, or why there is nothing. */
export function ReadingView<Value>({
  reading: { value, refusal, waiting, readAgain },
  lines = 3,
  children,
}: {
  readonly reading: Reading<Value, Refusal>;
  /** How many lines of room it takes. */
  readonly lines?: number;
  readonly children: (value: Value) => ComponentChildren;
}) {
  const again = () => {
    readAgain().catch(() => {});
  };
  return (
    <>
      {value === null && <WaitingNote waiting={waiting} />}
      <RefusalNote refusal={refusal} onAgain={again} />
      {value === null ? refusal === null && <Skeleton lines={lines} /> : children(value)}
    </>
  );
}
