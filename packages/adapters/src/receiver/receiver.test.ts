import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { OrderInbox, type OrderMessage, verifyMessage } from './index.js';
import { isSecret, isSignedBy, keyOf, signatureHeader } from './signature.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'another secret, in words of twenty-four bytes';
const NOW = Date.UTC(2024, 0, 17, 3);
const BODY = '{"type":"jumun.order.completed.v1","data":{"orderId":1001,"sequence":1}}';

/** A request as the shop makes it. */
const signed = (
  secrets: readonly string[],
  { at = NOW, body = BODY, id = 'order-1001-1' } = {},
) => {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = signatureHeader(secrets.map(keyOf), { id, timestamp, body });
  return {
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    } as Record<string, string>,
    body,
  };
};

const verify = (request: ReturnType<typeof signed>, secrets: readonly string[] = [SECRET]) =>
  verifyMessage(request, { secrets, now: NOW });

const message = (orderId: number, sequence: number): OrderMessage => ({
  id: `order-${orderId}-${sequence}`,
  type: 'jumun.order.completed.v1',
  orderId,
  sequence,
  content: {},
});

describe('A signature', () => {
  it('is the one that Standard Webhooks gives as its example', () => {
    // https://github.com/standard-webhooks/standard-webhooks: the test vector of its libraries.
    const vector = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      body: '{"test": 2432232314}',
    };
    expect(signatureHeader([keyOf(SECRET)], vector)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('is over id, time and body with a dot between them, by the words of a secret without a prefix', () => {
    const { headers } = signed([OTHER]);
    const text = `order-1001-1.${NOW / 1_000}.${BODY}`;
    const expected = createHmac('sha256', OTHER).update(text).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it.each([
    ['whsec_', false],
    ['whsec_not base64!', false],
    ['', false],
    ['whsec_AAAA', true],
    ['words', true],
  ])('can be made by %j: %s', (secret, can) => {
    expect(isSecret(secret)).toBe(can);
  });

  test.prop([fc.string(), fc.string(), fc.nat(), fc.uint8Array(), fc.uint8Array()])(
    'is right for what was signed and for nothing else',
    (id, secret, seconds, body, otherBody) => {
      const keys = [keyOf(`x${secret}`)];
      const what = { id, timestamp: String(seconds), body };
      const header = signatureHeader(keys, what);
      expect(isSignedBy(keys, header, what)).toBe(true);
      const isSame = Buffer.compare(body, otherBody) === 0;
      expect(isSignedBy(keys, header, { ...what, body: otherBody })).toBe(isSame);
      expect(isSignedBy(keys, header, { ...what, id: `${id}x` })).toBe(false);
      expect(isSignedBy([keyOf(`y${secret}`)], header, what)).toBe(false);
      expect(isSignedBy(keys, header.replace('v1', 'v2'), what)).toBe(false);
    },
  );
});

describe('A message is taken for ours', () => {
  it('when it is signed by a secret that we know', () => {
    expect(verify(signed([SECRET]))).toEqual({
      ok: true,
      message: {
        id: 'order-1001-1',
        type: 'jumun.order.completed.v1',
        orderId: 1001,
        sequence: 1,
        content: JSON.parse(BODY) as unknown,
      },
    });
  });

  it('while one secret is replaced by another, on either side first', () => {
    expect(verify(signed([OTHER, SECRET])).ok).toBe(true);
    expect(verify(signed([OTHER]), [SECRET, OTHER]).ok).toBe(true);
  });

  it('as bytes, and as text', () => {
    const request = signed([SECRET]);
    const bytes = { ...request, body: Buffer.from(request.body) };
    expect(verifyMessage(bytes, { secrets: [SECRET], now: NOW }).ok).toBe(true);
  });
});

describe('A message is not taken for ours', () => {
  const withHeader = (name: string, value: string) => {
    const request = signed([SECRET]);
    return { ...request, headers: { ...request.headers, [name]: value } };
  };
  const { 'webhook-signature': _signature, ...unsigned } = signed([SECRET]).headers;

  it.each([
    ['without a signature', { headers: unsigned, body: BODY }, 'UNSIGNED'],
    ['without a time', withHeader('webhook-timestamp', 'now'), 'UNSIGNED'],
    ['signed by somebody else', signed([OTHER]), 'FORGED'],
    ['with another body', { ...signed([SECRET]), body: `${BODY} ` }, 'FORGED'],
    ['with another id', withHeader('webhook-id', 'order-1001-2'), 'FORGED'],
    ['with another time', withHeader('webhook-timestamp', String(NOW / 1_000 + 1)), 'FORGED'],
    ['with an empty signature', withHeader('webhook-signature', 'v1, v1,'), 'FORGED'],
    ['that was overheard long ago', signed([SECRET], { at: NOW - 301_000 }), 'TOO_OLD'],
    ['from the future', signed([SECRET], { at: NOW + 301_000 }), 'TOO_NEW'],
    ['that is no JSON', signed([SECRET], { body: 'hello' }), 'NOT_A_MESSAGE'],
    ['that is null', signed([SECRET], { body: 'null' }), 'NOT_A_MESSAGE'],
    ['without an order', signed([SECRET], { body: '{"type":"x","data":{}}' }), 'NOT_A_MESSAGE'],
  ])('%s', (_what, request, reason) => {
    expect(verify(request)).toEqual({ ok: false, reason });
  });

  it('unless the tolerance is wider', () => {
    const late = signed([SECRET], { at: NOW - 3_600_000 });
    const options = { secrets: [SECRET], now: NOW, toleranceSeconds: 3_600 };
    expect(verifyMessage(late, options).ok).toBe(true);
  });

  it('when there is no secret', () => {
    expect(verify(signed([SECRET]), [])).toEqual({ ok: false, reason: 'FORGED' });
  });
});

describe('An inbox', () => {
  it('knows a message that it has by its id', () => {
    const inbox = new OrderInbox();
    expect([message(1, 1), message(1, 1), message(2, 1)].map((each) => inbox.take(each))).toEqual([
      'NEW',
      'DUPLICATE',
      'NEW',
    ]);
  });

  it('tells of a message that comes before an earlier one of its order, and what is missing', () => {
    const inbox = new OrderInbox();
    expect(inbox.take(message(1, 2))).toBe('AHEAD');
    expect(inbox.take(message(2, 1))).toBe('NEW');
    expect(inbox.gaps()).toEqual([{ orderId: 1, missing: [1] }]);
    // It has come at last, though a later one was here first.
    expect(inbox.take(message(1, 1))).toBe('AHEAD');
    expect(inbox.gaps()).toEqual([]);
    expect(inbox.take(message(1, 3))).toBe('NEW');
  });

  it('remembers as many as it was told, the latest ones', () => {
    const inbox = new OrderInbox(2);
    for (const order of [1, 2, 3]) inbox.take(message(order, 1));
    expect(inbox.take(message(3, 1))).toBe('DUPLICATE');
    expect(inbox.take(message(2, 1))).toBe('DUPLICATE');
    expect(inbox.take(message(1, 1))).toBe('NEW');
  });
});
