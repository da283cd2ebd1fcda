import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { shopInMemory } from '@jumun/application/testing';
import { percent, userId, won } from '@jumun/domain';
import { aBasket, accepted, NOON } from '@jumun/domain/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';

const REFERENCE = new URL('../../../../docs/reference/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, REFERENCE), 'utf8');

const schema = JSON.parse(read('order-events.schema.json')) as object;
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** What is wrong with a message. */
const wrongIn = (message: unknown): readonly string[] => {
  validate(message);
  return (validate.errors ?? []).map(
    ({ instancePath, message: what }) => `${instancePath} ${what}`,
  );
};

/** The messages of a shop in which orders with and without a coupon were paid, and refunded. */
async function messages(): Promise<readonly { type: string; data: Record<string, unknown> }[]> {
  const { shop, store, clock } = shopInMemory();
  const user = userId(1);
  accepted(await shop.chargeWallet({ userId: user, amount: 1_000_000 }));
  const mouse = {
    name: '무선 마우스',
    description: '',
    category: '마우스',
    price: won(25_000),
    stock: 50,
  };
  const pad = { ...mouse, name: '마우스 패드', price: won(5_005) };
  const first = accepted(await shop.registerProduct(mouse)).answer.id;
  const second = accepted(await shop.registerProduct(pad)).answer.id;
  const campaign = accepted(
    await shop.openCampaign({
      name: '할인',
      discountRate: percent(10),
      totalQuantity: 10,
      startsAt: NOON,
      endsAt: (NOON + 1_000_000) as typeof NOON,
      couponValidDays: 3,
    }),
  ).answer.id;
  const coupon = accepted(await shop.issueCoupon({ userId: user, campaignId: campaign })).answer.id;
  for (const couponId of [coupon, null]) {
    const basket = aBasket([first, 2], [second, 1]);
    const { id } = accepted(await shop.placeOrder({ userId: user, basket, couponId })).answer;
    accepted(await shop.payOrder({ userId: user, orderId: id, amount: null }));
    clock.advance(1_234);
    accepted(await shop.cancelOrder({ userId: user, orderId: id }));
  }
  return store.deliveries.all().map(({ payload }) => JSON.parse(payload) as never);
}

describe('The schema of the messages', () => {
  it('is kept by everything that the shop says', async () => {
    const all = await messages();
    expect(all.map(({ type }) => type)).toEqual(
      [1, 2].flatMap(() => ['jumun.order.completed.v1', 'jumun.order.cancelled.v1']),
    );
    expect(all.map(wrongIn)).toEqual(all.map(() => []));
    // It knows every field that there is.
    const known = schema as {
      $defs: Record<string, { properties: { data: { properties: object } } }>;
    };
    for (const { type, data } of all) {
      const name = type.includes('completed') ? 'completed' : 'cancelled';
      const described = Object.keys(known.$defs[name]?.properties.data.properties ?? {});
      expect(Object.keys(data).toSorted()).toEqual(described.toSorted());
    }
  });

  it('is kept by the example in the documentation', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(read('order-events.md')) ?? [];
    expect(wrongIn(JSON.parse(example))).toEqual([]);
  });

  it('is not kept by what is wrong', async () => {
    const [message] = await messages();
    if (message === undefined) throw new Error('there is a message');
    const { data } = message;
    const { total: _total, ...withoutTotal } = data;
    for (const wrong of [
      {},
      { ...message, type: 'jumun.order.completed.v2' },
      { ...message, data: withoutTotal },
      { ...message, data: { ...data, sequence: 2 } },
      { ...message, data: { ...data, total: 0.5 } },
      { ...message, data: { ...data, items: [] } },
      { ...message, data: { ...data, completedAt: 'noon' } },
    ]) {
      expect(wrongIn(wrong)).not.toEqual([]);
    }
    expect(wrongIn({ ...message, data: { ...data, added: 'later' } })).toEqual([]);
  });
});
