import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from './answer.js';
import { surroundings } from './api.js';
import type { Options, Waiting } from './client.js';
import { follow, pageVisibility } from './follow.js';

/** What a page reads, as far as it is there. What was read stays while it is read again. */
export interface Reading<Value, Refused> {
  readonly value: Value | null;
  /** Why there is nothing to show; null as soon as there is. */
  readonly refusal: Refused | null;
  /** Why it takes long. */
  readonly waiting: Waiting | null;
  /** Reads now; settles when it is shown. */
  readonly readAgain: () => Promise<void>;
  /** Shows what is known without reading, such as the answer to a command. */
  readonly replace: (value: Value) => void;
}

const visibility = pageVisibility();

interface State<Value, Refused> {
  readonly value: Value | null;
  readonly refusal: Refused | null;
}
const NOTHING_YET = { value: null, refusal: null };

interface ReadingOptions {
  /** Keeps it fresh: milliseconds from one read to the next, while somebody looks. */
  readonly every?: number;
  /** What was read about something else stays until what is new is there: it is mostly the same. */
  readonly keep?: boolean;
}

/**
 * Reads for as long as the component is shown, and anew when one of `about` changes: then what was read about the old one is not
 * shown any more.
 */
export function useReading<Value, Refused>(
  read: (options: Options) => Promise<Answer<Value, Refused>>,
  about: readonly unknown[],
  { every, keep = false }: ReadingOptions = {},
): Reading<Value, Refused> {
  const [state, setState] = useState<State<Value, Refused>>(NOTHING_YET);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const latest = useRef(read);
  latest.current = read;
  const running = useRef<AbortController | null>(null);

  const readNow = async (outer?: AbortSignal): Promise<void> => {
    // An answer to an earlier question would replace that to a later one.
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const signal = outer === undefined ? mine.signal : AbortSignal.any([mine.signal, outer]);
    const answer = await latest.current({
      signal,
      onWait: (why) => {
        if (!signal.aborted) setWaiting(why);
      },
    });
    if (signal.aborted) return;
    setWaiting(null);
    setState(
      answer.ok
        ? { value: answer.value, refusal: null }
        : ({ value }) => ({ value, refusal: answer.refusal }),
    );
  };

  useEffect(() => {
    if (!keep) setState(NOTHING_YET);
    setWaiting(null);
    if (every === undefined) {
      readNow().catch(() => {});
      return () => running.current?.abort();
    }
    const follower = follow({ read: readNow, every, visibility, wait: surroundings.wait });
    return () => {
      follower.stop();
      running.current?.abort();
    };
  }, [...about, every]);

  return {
    ...state,
    waiting,
    readAgain: () => readNow(),
    replace: (value) => {
      running.current?.abort();
      setState({ value, refusal: null });
    },
  };
}
