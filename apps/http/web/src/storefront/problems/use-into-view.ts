import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Brings an element into view when it appears, unless it is seen anyway: what is said below the fold is not said. */
export function useIntoView(isWanted = true): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isWanted) ref.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, []);
  return ref;
}
