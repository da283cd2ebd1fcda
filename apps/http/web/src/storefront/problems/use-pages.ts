import { useRef, useState } from 'preact/hooks';
import type { Answer, Refusal } from '../../api/answer.js';
import type { Options } from '../../api/client.js';
import { type Reading, useReading } from '../../api/use-reading.js';
import { aboutOf, type Beyond, type CursorPage, fitting } from './beyond.js';

export interface Pages<Item> {
  /** The newest page. */
  readonly first: Reading<CursorPage<Item>, Refusal>;
  /** What is shown: the newest page and what was read beyond it. */
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  readonly isReading: boolean;
  /** Why there was no more. */
  readonly refusal: Refusal | null;
  readonly readMore: () => Promise<void>;
  readonly readAgain: () => Promise<void>;
}

/**
 * A list by cursor: the newest page, and more when asked for. When the newest page is another, the older ones are read anew.
 * With `every` (milliseconds) the newest page is kept fresh.
 */
export function usePages<Item>(
  read: (cursor: string | null, options: Options) => Promise<Answer<CursorPage<Item>, Refusal>>,
  about: readonly unknown[],
  following: { readonly every?: number } = {},
): Pages<Item> {
  const first = useReading<CursorPage<Item>, Refusal>(
    (options) => read(null, options),
    about,
    following,
  );
  const [beyond, setBeyond] = useState<Beyond<Item> | null>(null);
  const [isReading, setReading] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const latest = useRef(read);
  latest.current = read;

  const after = first.value?.nextCursor ?? null;
  const list = aboutOf(about);
  const fits = fitting(beyond, list, after);
  const cursor = fits === null ? after : fits.nextCursor;

  const readMore = async () => {
    if (cursor === null || isReading) return;
    setReading(true);
    setRefusal(null);
    const answer = await latest.current(cursor, {});
    setReading(false);
    if (!answer.ok) setRefusal(answer.refusal);
    else {
      const { items, nextCursor } = answer.value;
      setBeyond({ about: list, after, items: [...(fits?.items ?? []), ...items], nextCursor });
    }
  };

  return {
    first,
    items: [...(first.value?.items ?? []), ...(fits?.items ?? [])],
    hasMore: cursor !== null,
    isReading,
    refusal,
    readMore,
    readAgain: first.readAgain,
  };
}
