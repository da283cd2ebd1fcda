import { useEffect, useState } from 'preact/hooks';

/** The time by this clock (milliseconds since 1970), told anew about every second for as long as the component is shown. */
export function useNow(clock: () => number): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
