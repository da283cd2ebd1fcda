import type { RedisOptions } from 'ioredis';

/** The longest time between two attempts to connect. */
const RECONNECT_MS = 200;

/** How every connection of ours is made, and made again. */
export const SOCKET = {
  connectTimeout: 300,
  /** How long a socket that was ended may linger. */
  disconnectTimeout: 100,
  retryStrategy: (attempt: number) => Math.min(attempt * 20, RECONNECT_MS),
  enableOfflineQueue: false,
} satisfies RedisOptions;
