import type { EventBus, ShopNews } from '../../ports/event-bus.js';

/** News within this process, told at once and in order. */
export class InMemoryEventBus implements EventBus {
  private readonly listeners = new Set<{ readonly hear: (news: ShopNews) => void }>();

  async publish(news: ShopNews): Promise<void> {
    for (const { hear } of this.listeners) {
      try {
        hear(news);
      } catch {
        // A listener that throws disturbs nobody else.
      }
    }
  }

  subscribe(listener: (news: ShopNews) => void): () => void {
    const entry = { hear: listener };
    this.listeners.add(entry);
    return () => {
      this.listeners.delete(entry);
    };
  }
}
