import type { Instant } from '@jumun/domain';
import type { Clock } from '../ports/clock.js';
import type { DeliveryBacklog, Queries } from '../ports/queries.js';

/** What waits to be delivered, in all processes, and when that was so. */
export interface MeasuredBacklog extends DeliveryBacklog {
  readonly measuredAt: Instant;
}

/** Keeps how much waits for the data platform: whether or not anybody sends it. */
export class BacklogGauge {
  private latest: MeasuredBacklog | null = null;

  constructor(
    private readonly ports: {
      readonly queries: Pick<Queries, 'deliveries'>;
      readonly clock: Clock;
    },
  ) {}

  /** Looks. Rejects where the database is away; what was seen before stays. */
  async measure(): Promise<void> {
    const backlog = await this.ports.queries.deliveries.backlog();
    this.latest = { ...backlog, measuredAt: this.ports.clock.now() };
  }

  /** Null where nobody has looked yet. */
  get reading(): MeasuredBacklog | null {
    return this.latest;
  }
}
