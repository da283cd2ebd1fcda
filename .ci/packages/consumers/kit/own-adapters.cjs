// Adapters of another team: ids from a map, and a cache that keeps nothing at all but what is being loaded.
const counters = new Map();

const ids = {
  async allocate(kind, count) {
    const first = (counters.get(kind) ?? 0) + 1;
    counters.set(kind, first + count - 1);
    return Array.from({ length: count }, (_, at) => first + at);
  },
};

const listeners = new Set();

const events = {
  async publish(news) {
    for (const { listener } of listeners) {
      try {
        listener(news);
      } catch {
        // Who listens badly disturbs nobody else.
      }
    }
  },
  subscribe(listener) {
    const subscription = { listener };
    listeners.add(subscription);
    return () => listeners.delete(subscription);
  },
};

module.exports = { ids, events };
