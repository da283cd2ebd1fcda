/** Strokes on a grid of 24. */
const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  cart: 'M3 4h2l2.500 11h10L20 7H6M9 20h.010M17 20h.010',
  search: 'M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4 21c.5-4 4-6 8-6s7.500 2 8 6',
  settings: 'M4 7h9M19 7h1M4 17h3M13 17h7M16 4.500v5M10 14.500v5',
  chart: 'M4 20V10M10 20V4M16 20v-8M22 20H2',
  grid: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z',
  ticket:
    'M3 7h18v3.500a1.500 1.500 0 0 0 0 3V17H3v-3.500a1.500 1.500 0 0 0 0-3zM14.500 7v2M14.500 11v2M14.500 15v2',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  wallet: 'M4 6h14v3M4 6v13h16V9H4M16 14h.010',
  up: 'M12 20V5M5.500 11.500L12 5l6.500 6.500',
  down: 'M12 4v15M5.500 12.500L12 19l6.500-6.500',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  star: 'M12 3.500l2.600 5.400 5.900.800-4.300 4.100 1.100 5.900L12 16.800l-5.300 2.900 1.100-5.900L3.500 9.700l5.900-.800z',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3 2',
  warning: 'M12 4L2.500 20h19zM12 10v4M12 17h.010',
  bolt: 'M13 3L5 13.500h6L10 21l8-10.500h-6z',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  truck: 'M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19h.010M17 19h.010',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words that say the same; it is not read aloud. */
export function Icon({
  name,
  filled = false,
}: {
  readonly name: IconName;
  readonly filled?: boolean;
}) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-filled={filled || undefined}>
      <path d={PATHS[name]} />
    </svg>
  );
}
