import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const SLIDE: KeyframeAnimationOptions = {
  duration: 550,
  easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
};

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Lets the children of a list slide to their new places when its order has changed. Each child says who it is by
 * `data-key`. Where somebody prefers stillness, they are just there.
 */
export function useSlide(order: readonly (string | number)[]): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null);
  const before = useRef<ReadonlyMap<string, number>>(new Map());
  useLayoutEffect(() => {
    const children = [...(list.current?.children ?? [])].filter(
      (each) => each instanceof HTMLElement,
    );
    const places = new Map(children.map((each) => [each.dataset['key'] ?? '', each.offsetTop]));
    if (!prefersStillness()) {
      for (const child of children) {
        const key = child.dataset['key'] ?? '';
        const from = before.current.get(key);
        const distance = from === undefined ? 0 : from - (places.get(key) ?? from);
        if (distance === 0) continue;
        child.animate([{ transform: `translateY(${distance}px)` }, { transform: 'none' }], SLIDE);
      }
    }
    before.current = places;
  }, [order.join(' ')]);
  return list;
}
