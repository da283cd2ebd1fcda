import type { Cache } from '../../ports/cache.js';
import type { Clock } from '../../ports/clock.js';

interface Kept {
  readonly value: string;
  readonly until: number;
}

/** A cache in this process that forgets by the clock it was given. */
export class InMemoryCache implements Cache {
  private readonly kept = new Map<string, Kept>();
  private readonly flights = new Map<string, Promise<string | undefined>>();

  constructor(private readonly clock: Clock) {}

  read(
    key: string,
    ttlMs: number,
    load: () => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const kept = this.kept.get(key);
    if (kept !== undefined && this.clock.now() < kept.until) return Promise.resolve(kept.value);
    return this.flights.get(key) ?? this.take(key, ttlMs, load);
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.kept.delete(key);
      this.flights.delete(key);
    }
  }

  private take(
    key: string,
    ttlMs: number,
    load: () => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const flight = this.load(load).then(
      (value) => {
        if (this.land(key, flight) && value !== undefined) {
          this.kept.set(key, { value, until: this.clock.now() + ttlMs });
        }
        return value;
      },
      (fault: unknown) => {
        this.land(key, flight);
        throw fault;
      },
    );
    this.flights.set(key, flight);
    return flight;
  }

  private async load(load: () => Promise<string | undefined>): Promise<string | undefined> {
    return await load();
  }

  /** Ends a flight; false when its key was invalidated on the way. */
  private land(key: string, flight: Promise<string | undefined>): boolean {
    return this.flights.get(key) === flight && this.flights.delete(key);
  }
}
