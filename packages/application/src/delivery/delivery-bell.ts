import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';

/** Whoever is rung for looks by itself now and then, so a bell that rings more often than this tells nothing new. */
const AT_MOST_EVERY_MS = 100;

/** Tells whoever sends messages that there are new ones: the first of a crowd at once, and not each of them. */
export class DeliveryBell {
  private rungAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** To be called after the commit. Nobody waits for it. */
  ring(): void {
    const now = this.clock.now();
    if (now - this.rungAt < AT_MOST_EVERY_MS && now >= this.rungAt) return;
    this.rungAt = now;
    // The bus promises not to reject.
    this.events.publish({ type: 'DeliveriesWaiting' }).catch(() => undefined);
  }
}
