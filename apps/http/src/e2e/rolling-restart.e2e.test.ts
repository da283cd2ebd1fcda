import { describe, expect, it } from '@jest/globals';
import { Balancer } from '../testing/balancer.js';
import type { Answer, Client } from '../testing/client.js';
import { Fleet } from '../testing/fleet.js';
import { Nginx } from '../testing/nginx.js';
import { parseRaw, sendRaw } from '../testing/raw-http.js';
import type { ShopProcess } from '../testing/shop-process.js';

/** How often every process is replaced: `ROLLS=20` for a long proof. */
const ROLLS = Number(process.env['ROLLS'] ?? 1);
const SHOPPERS = 12;
/** The balancer looks twenty times a second who is ready; nginx asks again after a second. */
const GRACE_SECONDS = { balancer: 1, nginx: 2 };
const STOCK = 1_000_000;

/** Answers that nobody should have got. */
class Complaints {
  readonly list: string[] = [];
  heard = 0;

  async expect(status: number, what: string, asking: Promise<Answer>): Promise<Answer> {
    const answer = await asking;
    this.heard += 1;
    if (answer.status !== status) {
      this.list.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }
}

/** Orders, pays and looks around until there is enough of it. Resolves to how many orders were paid. */
async function shopUntil(
  isOver: () => boolean,
  client: Client,
  productId: number,
  complaints: Complaints,
): Promise<number> {
  let paid = 0;
  await complaints.expect(201, 'charge', client.post('/wallet/charges', { amount: 10_000_000 }));
  while (!isOver()) {
    const items = [{ productId, quantity: 1 }];
    const placed = await complaints.expect(201, 'order', client.post('/orders', { items }));
    if (placed.status !== 201) continue;
    const path = `/orders/${placed.body.id}/payment`;
    const payment = await complaints.expect(201, 'payment', client.post(path));
    if (payment.status === 201) paid += 1;
    await complaints.expect(200, 'wallet', client.get('/wallet'));
    await complaints.expect(200, 'popular', client.get('/products/popular'));
  }
  return paid;
}

/** What stands before a fleet, and how one of its processes is replaced there. */
interface Front {
  readonly url: string;
  /** What could not be answered, a sentence each. */
  failures(): Promise<readonly string[]>;
  /** How many requests each process has answered, where that is known. */
  readonly answered: readonly number[];
  /** Resolves to the exit code of the one that was replaced. */
  replace(old: ShopProcess | undefined): Promise<number | null>;
  close(): Promise<void>;
}

/** The new one is there before the old one goes. */
async function balancerOf(fleet: Fleet): Promise<Front> {
  const balancer = await Balancer.start();
  for (const { url } of fleet.shops) await balancer.add(url);
  return {
    url: balancer.url,
    failures: () => Promise.resolve(balancer.failures),
    get answered() {
      return balancer.answered;
    },
    async replace(old) {
      const replacement = await fleet.addShop();
      await balancer.add(replacement.url);
      return (await old?.stop()) ?? null;
    },
    close: () => balancer.close(),
  };
}

/** As Compose does it: the old one goes, and the new one comes back in its place. */
async function nginxOf(fleet: Fleet): Promise<Front> {
  const nginx = await Nginx.start(fleet.shops.map(({ url }) => url));
  return {
    url: nginx.url,
    failures: () => nginx.complaints(),
    answered: [],
    async replace(old) {
      const { port } = new URL(old?.url ?? '');
      const code = (await old?.stop()) ?? null;
      await fleet.addShop({ PORT: port });
      return code;
    },
    close: () => nginx.close(),
  };
}

/** Replaces every process `ROLLS` times under load, and expects that nobody notices. */
async function rollUnderLoad(
  fleet: Fleet,
  open: (fleet: Fleet) => Promise<Front>,
): Promise<readonly number[]> {
  const front = await open(fleet);
  let isOver = false;
  try {
    const operator = await fleet.operator();
    const description = { name: '무선 키보드', description: '', category: '입력 장치' };
    const product = await operator.post('/admin/products', {
      ...description,
      price: 1_000,
      stock: STOCK,
    });
    const productId = Number(product.body.id);
    const complaints = new Complaints();
    const customers = await Promise.all(
      Array.from({ length: SHOPPERS }, (_, at) => fleet.customer(at + 1, front)),
    );
    const shopping = customers.map((each) => shopUntil(() => isOver, each, productId, complaints));
    const codes: (number | null)[] = [];
    for (let roll = 0; roll < 2 * ROLLS; roll += 1) {
      codes.push(await front.replace(fleet.shops[roll]));
    }
    isOver = true;
    const paid = (await Promise.all(shopping)).reduce((sum, count) => sum + count, 0);

    const failures = await front.failures();
    expect([complaints.list.slice(0, 5), failures.slice(0, 5)]).toEqual([[], []]);
    expect(codes).toEqual(codes.map(() => 0));
    expect(paid).toBeGreaterThan(50);
    expect(await fleet.audit({ [productId]: STOCK })).toEqual([]);
    return front.answered;
  } finally {
    isOver = true;
    await front.close();
  }
}

const TIME_LIMIT = 60_000 + ROLLS * 20_000;

describe('Two processes behind a proxy, under load', () => {
  const withFleet = async (
    shutdownGraceSeconds: number,
    use: (fleet: Fleet) => Promise<void>,
  ): Promise<void> => {
    const fleet = await Fleet.start({
      workers: 0,
      shutdownGraceSeconds,
      // They never rest.
      environment: { RATE_LIMIT_PER_CUSTOMER: '0' },
    });
    try {
      await use(fleet);
    } finally {
      await fleet.stop();
    }
  };

  it(
    'are replaced one after the other, and no request fails',
    () =>
      withFleet(GRACE_SECONDS.balancer, async (fleet) => {
        const answered = await rollUnderLoad(fleet, balancerOf);
        // Each generation has had its share: otherwise nothing was replaced under load.
        expect(Math.min(...answered)).toBeGreaterThan(20);
      }),
    TIME_LIMIT,
  );

  it(
    'are replaced in their places behind a real nginx, where one is installed, and no request fails',
    async () => {
      const version = await Nginx.version();
      if (version === undefined) {
        process.stderr.write('nginx is not installed, and TEST_NGINX names none: not asked\n');
        return;
      }
      await withFleet(GRACE_SECONDS.nginx, async (fleet) => {
        await rollUnderLoad(fleet, nginxOf);
        await expectProblemsOf(fleet);
      });
    },
    TIME_LIMIT,
  );
});

const LONG = 'x'.repeat(9_000);
const ASKED_OF_NGINX: readonly (readonly [bytes: string, status: number, code: string])[] = [
  ['nonsense\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  [`GET /${LONG} HTTP/1.1\r\nHost: shop\r\n\r\n`, 414, 'URI_TOO_LONG'],
  [`GET /livez HTTP/1.1\r\nHost: shop\r\nX: ${LONG}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
  ['GET /.problem HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n', 404, 'ROUTE_NOT_FOUND'],
  [
    'GET /api/v1/wallet HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n',
    503,
    'DEPENDENCY_UNAVAILABLE',
  ],
  [
    'POST /api/v1/wallet/charges HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    503,
    'OUTCOME_UNKNOWN',
  ],
];

/** What nginx says by itself: the last, once nobody stands behind it. */
async function expectProblemsOf(fleet: Fleet): Promise<void> {
  const nginx = await Nginx.start(fleet.shops.slice(-2).map(({ url }) => url));
  try {
    await Promise.all(fleet.shops.map((shop) => shop.kill()));
    for (const [bytes, status, code] of ASKED_OF_NGINX) {
      const heard = parseRaw(await sendRaw(nginx.port, bytes));
      expect([heard.status, JSON.parse(heard.body)]).toEqual([
        status,
        expect.objectContaining({ status, code, requestId: heard.headers.get('x-request-id') }),
      ]);
      expect(heard.headers.get('x-content-type-options')).toBe('nosniff');
    }
  } finally {
    await nginx.close();
  }
}
