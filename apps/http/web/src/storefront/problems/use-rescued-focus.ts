import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Where the focus goes when what had it is gone: a button that paid is no longer there when it is paid, and whoever uses a
 * keyboard would have to begin at the top. `when` changes whenever something may have gone. The place has a `tabIndex` of -1.
 */
export function useRescuedFocus(when: unknown): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const isLost = document.activeElement === document.body && last.current?.isConnected === false;
    if (isLost) place.current?.focus({ preventScroll: true });
  }, [when]);
  return place;
}
