import type { EventBus, ShopNews } from '@jumun/application';

/** News within this process: every listener has heard it when `publish` resolves. */
export class InProcessEventBus implements EventBus {
  private readonly listeners = new Set<(news: ShopNews) => void>();

  /** `onFault` hears of listeners that throw. */
  constructor(private readonly onFault: (fault: unknown) => void = () => {}) {}

  publish(news: ShopNews): Promise<void> {
    for (const listener of this.listeners) {
      try {
        listener(news);
      } catch (fault) {
        this.onFault(fault);
      }
    }
    return Promise.resolve();
  }

  subscribe(listener: (news: ShopNews) => void): () => void {
    const own = (news: ShopNews): void => listener(news);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }
}
