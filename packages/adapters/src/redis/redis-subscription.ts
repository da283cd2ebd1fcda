import { Redis, ReplyError } from 'ioredis';
import { RedisAway } from './redis-connection.js';
import { SOCKET } from './redis-socket.js';

/** A subscriber sends nothing, so the system must find out that its other end has vanished. */
const KEEP_ALIVE_MS = 5_000;

type Listener = (message: string) => void;

/** A connection that only listens, and listens again after every outage. What is said meanwhile it does not hear. */
export class RedisSubscription {
  private readonly redis: Redis;
  private readonly onFault: (fault: unknown) => void;
  private readonly listeners = new Map<string, Listener>();
  private readonly heard = new Set<string>();

  constructor(url: string, onFault: (fault: unknown) => void) {
    this.onFault = onFault;
    this.redis = new Redis(url, {
      ...SOCKET,
      autoResubscribe: false,
      keepAlive: KEEP_ALIVE_MS,
    });
    // The other connection to the same Redis tells of outages.
    this.redis.on('error', () => {});
    this.redis.on('close', () => this.heard.clear());
    this.redis.on('ready', () => {
      for (const channel of this.listeners.keys()) this.subscribe(channel);
    });
    this.redis.on('message', (channel, message) => this.listeners.get(channel)?.(message));
  }

  /** One listener per channel. */
  listen(channel: string, listener: Listener): void {
    this.listeners.set(channel, listener);
    if (this.redis.status === 'ready') this.subscribe(channel);
  }

  /** Resolves when everything was heard that had been said before; rejects when Redis is away. */
  async caughtUp(): Promise<void> {
    if (this.heard.size < this.listeners.size) throw new RedisAway('Redis is away');
    await this.redis.ping();
  }

  close(): void {
    this.redis.disconnect();
  }

  private subscribe(channel: string): void {
    this.redis.subscribe(channel).then(
      () => this.heard.add(channel),
      (fault: unknown) => {
        if (fault instanceof ReplyError) this.onFault(fault);
      },
    );
  }
}
