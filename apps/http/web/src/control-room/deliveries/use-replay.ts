import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../api/answer.js';
import { api, surroundings } from '../../api/api.js';
import { type Deed, useDeed } from '../../api/use-deed.js';
import {
  begunReplay,
  progressOf,
  type Replay,
  type ReplayProgress,
  type Waiting,
} from './replay.js';

interface Wanted {
  /** Null: all that failed. */
  readonly ids: readonly number[] | null;
}

/** A replay of this page, and how far it has come. */
export interface Replaying {
  readonly deed: Deed<Wanted, { readonly requeued: number }, Refusal>;
  readonly requeued: number | null;
  readonly progress: ReplayProgress | null;
  /** Has these sent again; `failed` of them count as FAILED, null: all. Whether it was taken. */
  readonly begin: (ids: readonly number[] | null, failed: number | null) => Promise<boolean>;
  readonly dismiss: () => void;
}

/** The shop counts what waits once a second: what it tells earlier may be from before the replay. */
const TOLD_AFTER_MS = 1_500;

/** Has messages sent again, and follows them by what waits. */
export function useReplay(waiting: Waiting | null): Replaying {
  const [replay, setReplay] = useState<Replay | null>(null);
  const [begunAt, setBegunAt] = useState(0);
  const [progress, setProgress] = useState<ReplayProgress | null>(null);
  const deed = useDeed<Wanted, { readonly requeued: number }, Refusal>(
    'replay',
    ({ request: { ids } }, options) =>
      api.post(
        '/api/v1/admin/deliveries/replay',
        { body: ids === null ? {} : { ids: [...ids] } },
        options,
      ),
  );
  useEffect(() => {
    const isTold = surroundings.now() - begunAt >= TOLD_AFTER_MS;
    if (replay !== null && waiting !== null && isTold) {
      setProgress((before) => progressOf(replay, waiting, before));
    }
  }, [replay, begunAt, waiting]);

  const begin = async (ids: readonly number[] | null, failed: number | null): Promise<boolean> => {
    const before = waiting ?? { pending: 0, failed: 0, oldestAt: null };
    const answer = await deed.run({ ids });
    if (!answer.ok) return false;
    const { requeued } = answer.value;
    setBegunAt(surroundings.now());
    setReplay(begunReplay(requeued, failed ?? requeued, before));
    setProgress({ delivered: 0, waiting: requeued, failed: 0 });
    return true;
  };
  const dismiss = (): void => {
    setReplay(null);
    setProgress(null);
  };
  return { deed, requeued: replay?.requeued ?? null, progress, begin, dismiss };
}
