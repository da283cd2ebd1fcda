import { Agent, request } from 'node:http';
import { couponCampaignId, orderId, productId, userId } from '@jumun/domain';
import type { Authentication } from './edge/authentication.js';

/** Enough for the engine to have compiled what a request goes through. */
const REQUESTS = 2_000;
/** A rush comes on many connections. */
const CONNECTIONS = 64;
/** A slow database must not keep the process from its work. */
const LONGEST_MS = 2_000;
const PASS_SECONDS = 60;

/** Ids that nothing has. Whatever is asked of them is refused, after all that comes before the refusal was done. */
const NOBODY = userId(Number.MAX_SAFE_INTEGER);
const NO_PRODUCT = productId(Number.MAX_SAFE_INTEGER);
const NO_ORDER = orderId(Number.MAX_SAFE_INTEGER);
const NO_CAMPAIGN = couponCampaignId(Number.MAX_SAFE_INTEGER);

const API = '/api/v1';

/** What is asked, as method, path and body: nothing of it has any effect. */
const QUESTIONS: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['POST', `${API}/orders`, { items: [{ productId: NO_PRODUCT, quantity: 1 }] }],
  ['POST', `${API}/orders/${NO_ORDER}/payment`, {}],
  ['POST', `${API}/coupon-campaigns/${NO_CAMPAIGN}/coupons`, {}],
  ['POST', `${API}/wallet/charges`, { amount: 0 }],
  ['GET', `${API}/wallet`],
  ['GET', `${API}/orders`],
  ['GET', `${API}/products`],
  ['GET', `${API}/products/${NO_PRODUCT}`],
  ['GET', `${API}/products/popular`],
];

/**
 * Puts some thousand requests to a server that listens already, so that its connections are open and its code is compiled
 * before the first customer comes. `requestId` marks them as our own. It ends after `longestMs` at the latest. Returns how
 * many were answered.
 */
export async function warmUp(
  address: { readonly host: string; readonly port: number },
  authentication: Authentication,
  requestId: string,
  longestMs = LONGEST_MS,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const pass = authentication.pass(NOBODY, PASS_SECONDS);
  const until = performance.now() + longestMs;
  let asked = 0;
  let answered = 0;
  const askOn = async (): Promise<void> => {
    while (asked < REQUESTS && performance.now() < until) {
      const [method, path, body] = QUESTIONS[asked % QUESTIONS.length] ?? [];
      asked += 1;
      const headers = {
        Authorization: `Bearer ${pass}`,
        'X-Request-Id': requestId,
        ...(body === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Idempotency-Key': `${requestId}.${asked}` }),
      };
      const options = { ...address, agent, method, path, headers };
      await ask(options, body === undefined ? '' : JSON.stringify(body));
      answered += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, askOn));
  } finally {
    agent.destroy();
  }
  return answered;
}

const ask = (options: Parameters<typeof request>[1], body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asking = request(options, (answer) => {
      answer.resume();
      answer.on('end', resolve);
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(body);
  });
