import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ShopNews } from '@jumun/application';
import { couponCampaignId, productId } from '@jumun/domain';
import { type RedisServer, startRedis } from '../testing/servers/redis-server.js';
import { redisNamespace } from '../testing/servers/temporary.js';
import { RedisEventBus } from './redis-event-bus.js';
import { RedisSubscription } from './redis-subscription.js';
import {
  ANSWER_MS,
  AT_ONCE_MS,
  Connections,
  duration,
  succeeds,
  until,
} from './testing/connected.js';

const news = (campaign: number): ShopNews => ({
  type: 'CouponCampaignChanged',
  campaignId: couponCampaignId(campaign),
});

describe('An event bus over Redis', () => {
  const connections = new Connections();
  const subscriptions: RedisSubscription[] = [];
  const faults: unknown[] = [];
  let server: RedisServer;
  let namespace: string;
  let bus: RedisEventBus;
  let rival: RedisEventBus;
  let heard: ShopNews[];
  let heardByRival: ShopNews[];

  const aBus = async (): Promise<RedisEventBus> => {
    const onFault = (fault: unknown) => faults.push(fault);
    const subscription = new RedisSubscription(server.url, onFault);
    subscriptions.push(subscription);
    return new RedisEventBus(
      await connections.connect(server.url),
      subscription,
      namespace,
      onFault,
    );
  };
  const caughtUp = async (): Promise<void> => {
    await Promise.all(subscriptions.map((each) => each.caughtUp()));
  };
  const allListen = (): Promise<void> => until('all listen', () => succeeds(caughtUp()));

  beforeEach(async () => {
    server = await startRedis();
    namespace = redisNamespace();
    [bus, rival] = [await aBus(), await aBus()];
    await allListen();
    [heard, heardByRival] = [[], []];
    bus.subscribe((each) => heard.push(each));
    rival.subscribe((each) => heardByRival.push(each));
  });
  afterEach(async () => {
    for (const each of subscriptions.splice(0)) each.close();
    await connections.close();
    await server.stop();
    faults.splice(0);
  });

  it('tells its own listeners before anything else, and once', async () => {
    const published = bus.publish(news(1));
    expect(heard).toEqual([news(1)]);
    await published;
    await caughtUp();
    expect(heard).toEqual([news(1)]);
    expect(heardByRival).toEqual([news(1)]);
  });

  it('tells its own listeners while Redis is dead, and all again when it is back', async () => {
    await server.kill();
    expect(await duration(() => bus.publish(news(1)))).toBeLessThan(AT_ONCE_MS);
    expect(heard).toEqual([news(1)]);
    await server.restart();
    await allListen();
    await until('news goes through', async () => {
      await bus.publish(news(2));
      await caughtUp();
      return heardByRival.length > 0;
    });
    expect(heardByRival).toEqual([news(2)]);
  });

  it('keeps nobody waiting for long while Redis hangs, and goes on with it', async () => {
    await server.pause();
    expect(await duration(() => bus.publish(news(1)))).toBeLessThan(2 * ANSWER_MS);
    expect(heard).toEqual([news(1)]);
    await server.resume();
    await allListen();
    await rival.publish(news(2));
    await caughtUp();
    expect(heard).toEqual([news(1), news(2)]);
  });

  it.each([
    ['is no JSON', 'news!'],
    ['is no object', '7'],
    ['does not say who it is from', '{"news":{"type":"CouponCampaignChanged","campaignId":1}}'],
    ['has no news', '{"from":"x"}'],
    ['does not say of which campaign', '{"from":"x","news":{"type":"CouponCampaignChanged"}}'],
    [
      'is of an impossible campaign',
      '{"from":"x","news":{"type":"CouponCampaignChanged","campaignId":-1}}',
    ],
    [
      'does not say of which product',
      '{"from":"x","news":{"type":"ProductRevised","productId":"101"}}',
    ],
    ['has no version', '{"from":"x","news":{"type":"RankingsChanged"}}'],
    ['has an impossible version', '{"from":"x","news":{"type":"RankingsChanged","version":1e99}}'],
    [
      'is too long',
      `{"from":"${'x'.repeat(1_000)}","news":{"type":"CouponCampaignChanged","campaignId":1}}`,
    ],
  ])('tells nobody but the operator of a message that %s', async (_what, message) => {
    const connection = await connections.connect(server.url);
    await connection.ask((redis) => redis.publish(`${namespace}:news`, message));
    await rival.publish(news(5));
    await caughtUp();
    expect(heard).toEqual([news(5)]);
    expect(faults).toHaveLength(2); // each bus has heard it
  });

  it('tells news of every kind as it is', async () => {
    const all: readonly ShopNews[] = [
      news(1),
      { type: 'RankingsChanged', version: 7 },
      { type: 'ProductRevised', productId: productId(101) },
    ];
    for (const each of all) await bus.publish(each);
    await caughtUp();
    expect(heardByRival).toEqual(all);
  });

  it('passes over news of a kind that only a newer version knows', async () => {
    const message = '{"from":"x","news":{"type":"PriceChanged","productId":1}}';
    const connection = await connections.connect(server.url);
    await connection.ask((redis) => redis.publish(`${namespace}:news`, message));
    await caughtUp();
    expect(heard).toEqual([]);
    expect(faults).toEqual([]);
  });
});
