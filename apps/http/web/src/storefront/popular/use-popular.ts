import { useEffect, useRef, useState } from 'preact/hooks';
import { api, surroundings } from '../../api/api.js';
import type { Waiting } from '../../api/client.js';
import type { RefusalOf } from '../../api/answer.js';
import type { Reading } from '../../api/use-reading.js';
import { pageVisibility } from '../../api/follow.js';
import { language } from '../../shell/language.js';
import { toast } from '../../shell/toasts.js';
import { popularText } from './messages.js';
import type { PopularQuery } from './popular-query.js';
import { afterEvent, newer, type Ranking, type TrendEvent } from './ranking.js';
import { followRanking, type StreamState } from './ranking-stream.js';

const PATH = '/api/v1/products/popular';
const visibility = pageVisibility();

type Refused = RefusalOf<'get', typeof PATH>;

export interface PopularShown {
  readonly reading: Reading<Ranking, Refused>;
  readonly stream: StreamState;
  /** How often it has changed while it was shown: what has just changed may be seen to. */
  readonly changes: number;
}

/** What a trend is called: by the shop itself in Korean. */
function trendMessage({ message, name, rank }: TrendEvent): string {
  if (language.peek() === 'ko') return message;
  const { tookFirst, entered } = popularText();
  return rank === 1 ? tookFirst(name) : entered(name, rank);
}

/** The popular products, as they are now and for as long as somebody looks. */
export function usePopular({ days, sort, limit }: PopularQuery): PopularShown {
  const [ranking, setRanking] = useState<Ranking | null>(null);
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [stream, setStream] = useState<StreamState>('connecting');
  const [changes, setChanges] = useState(0);
  const running = useRef<AbortController | null>(null);
  const readAgain = useRef<() => Promise<void>>(() => Promise.resolve());

  useEffect(() => {
    const query = { days, sort, limit };
    let hasMatching = false;
    setChanges(0);
    const read = async (): Promise<void> => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      const { signal } = mine;
      const answer = await api.get(PATH, { query }, { signal, onWait: setWaiting });
      if (signal.aborted) return;
      setRefusal(answer.ok ? null : answer.refusal);
      if (!answer.ok) return;
      // What was shown to another question is no older answer to this one.
      setRanking((shown) => (hasMatching ? newer(shown, answer.value) : answer.value));
      hasMatching = true;
    };
    readAgain.current = read;
    const readNow = (): void => {
      read().catch(() => {});
    };
    readNow();
    const search = new URLSearchParams({ days: String(days), sort, limit: String(limit) });
    const stop = followRanking({
      open: () => new EventSource(`${PATH}/events?${search.toString()}`),
      visibility,
      wait: surroundings.wait,
      chance: surroundings.chance,
      onRanking: (event) => {
        if (hasMatching) setRanking((shown) => afterEvent(shown, event));
        setChanges((times) => times + 1);
        // The total and the period, which the event leaves out.
        readNow();
      },
      onTrend: (event) => {
        // It is read aloud, too: whoever does not see the list hears what has changed in it.
        toast({
          kind: 'trend',
          text: trendMessage(event),
          href: `/products/${event.productId}`,
        });
      },
      onGap: readNow,
      onState: setStream,
    });
    return () => {
      stop();
      running.current?.abort();
    };
  }, [days, sort, limit]);

  const reading = {
    value: ranking,
    refusal,
    waiting,
    readAgain: () => readAgain.current(),
    replace: setRanking,
  };
  return { reading, stream, changes };
}
