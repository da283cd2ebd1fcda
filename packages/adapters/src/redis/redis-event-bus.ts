import { randomUUID } from 'node:crypto';
import type { EventBus, ShopNews } from '@jumun/application';
import { couponCampaignId, productId } from '@jumun/domain';
import { InProcessEventBus } from '../local/in-process-event-bus.js';
import type { RedisConnection } from './redis-connection.js';
import type { RedisSubscription } from './redis-subscription.js';

/** News in more characters than this is not ours. */
const LONGEST_MESSAGE = 1_000;

/**
 * News between processes. Listeners in this process hear their own news at once, whatever Redis does; the others hear it
 * through Redis, or not at all.
 */
export class RedisEventBus implements EventBus {
  private readonly connection: RedisConnection;
  private readonly channel: string;
  private readonly local: InProcessEventBus;
  private readonly onFault: (fault: unknown) => void;
  /** Redis tells us our own news too. */
  private readonly self = randomUUID();

  constructor(
    connection: RedisConnection,
    subscription: RedisSubscription,
    namespace: string,
    onFault: (fault: unknown) => void,
  ) {
    this.connection = connection;
    this.channel = channelOf(namespace);
    this.onFault = onFault;
    this.local = new InProcessEventBus(onFault);
    subscription.listen(this.channel, (message) => this.hear(message));
  }

  async publish(news: ShopNews): Promise<void> {
    await this.local.publish(news);
    const message = JSON.stringify({ from: this.self, news } satisfies Message);
    try {
      await this.connection.ask((redis) => redis.publish(this.channel, message));
    } catch {
      // News may be lost, and the connection tells of its faults itself.
    }
  }

  subscribe(listener: (news: ShopNews) => void): () => void {
    return this.local.subscribe(listener);
  }

  private hear(message: string): void {
    try {
      const { from, news } = messageOf(message);
      if (from !== this.self && news !== undefined) this.local.publish(news).catch(this.onFault);
    } catch (fault) {
      this.onFault(fault);
    }
  }
}

interface Message {
  /** Which bus told it. */
  readonly from: string;
  /** Undefined when it is of a kind that this version does not know. */
  readonly news: ShopNews | undefined;
}

export const channelOf = (namespace: string): string => `${namespace}:news`;

/** Whoever can reach Redis can write there: nothing is taken as it comes. */
function messageOf(text: string): Message {
  if (text.length > LONGEST_MESSAGE) throw new TypeError('a message is too long to be news');
  const message: unknown = JSON.parse(text);
  if (!isRecord(message) || typeof message['from'] !== 'string') {
    throw new TypeError('a message does not say who it is from');
  }
  return { from: message['from'], news: newsOf(message['news']) };
}

function newsOf(news: unknown): ShopNews | undefined {
  if (!isRecord(news)) throw new TypeError('a message has no news');
  const { type } = news as { readonly type?: unknown };
  switch (type) {
    case 'CouponCampaignChanged':
      return { type, campaignId: couponCampaignId(numberIn(news, 'campaignId')) };
    case 'ProductRevised':
      return { type, productId: productId(numberIn(news, 'productId')) };
    case 'RankingsChanged':
      return { type, version: versionIn(news) };
    case 'DeliveriesWaiting':
      return { type };
    default:
      return undefined;
  }
}

function versionIn(news: Readonly<Record<string, unknown>>): number {
  const version = numberIn(news, 'version');
  if (!Number.isSafeInteger(version) || version < 1) throw new TypeError('this is no version');
  return version;
}

function numberIn(news: Readonly<Record<string, unknown>>, name: string): number {
  const value = news[name];
  if (typeof value !== 'number') throw new TypeError(`news does not say its ${name}`);
  return value;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
