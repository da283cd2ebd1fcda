import type { Answer, Client } from './client.js';

/** What a customer was told of an order last, or what they have asked of it and not heard. */
type Told = 'PENDING' | 'PAYING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED';

/** Which states an order may be found in, for what its customer was told last. */
const POSSIBLE: Readonly<Record<Told, readonly string[]>> = {
  PENDING: ['PENDING', 'EXPIRED'],
  PAYING: ['PENDING', 'COMPLETED', 'EXPIRED'],
  COMPLETED: ['COMPLETED'],
  CANCELLING: ['PENDING', 'COMPLETED', 'CANCELLED', 'EXPIRED'],
  CANCELLED: ['CANCELLED'],
};

export interface ShoppingList {
  readonly products: readonly number[];
  readonly campaign: number;
  readonly orders: number;
}

/**
 * One customer who shops at several processes in turn, by a plan that the seed decides: orders of one to three products,
 * of which some are paid, some cancelled before or after, some left. Everything they were told is noted.
 */
export class Shopper {
  readonly statuses = new Map<number, number>();
  /** Answers that no customer should ever get. */
  readonly surprises: string[] = [];
  private readonly orders = new Map<number, Told>();
  private readonly charges: number[] = [];
  private state: number;

  /** The clients are one customer's, each at another process. */
  constructor(
    private readonly clients: readonly Client[],
    seed: number,
    private readonly mayFail: (answer: Answer) => boolean = () => false,
  ) {
    this.state = seed;
  }

  /** Shops the whole list, whatever happens. `onAnswer` hears of every answer. */
  async shop({ products, campaign, orders }: ShoppingList, onAnswer: () => void): Promise<void> {
    const say = async (what: Promise<Answer | null>): Promise<Answer | null> => {
      const answer = await what;
      onAnswer();
      return answer;
    };
    const charged = await say(this.post('/wallet/charges', { amount: 1_000_000 }));
    if (charged?.status === 201) this.charges.push(charged.body.chargeId);
    const issued = await say(this.post(`/coupon-campaigns/${campaign}/coupons`));
    let couponId: number | undefined = issued?.status === 201 ? issued.body.id : undefined;
    for (let at = 0; at < orders; at += 1) {
      const items = this.pickSome(products).map((productId) => ({ productId, quantity: 1 }));
      const placed = await say(this.post('/orders', { items, ...(couponId && { couponId }) }));
      if (placed?.status !== 201) continue;
      couponId = undefined;
      const id: number = placed.body.id;
      this.orders.set(id, 'PENDING');
      const plan = this.roll(10);
      if (plan < 7) {
        this.orders.set(id, 'PAYING');
        const paid = await say(this.post(`/orders/${id}/payment`));
        if (paid?.status === 201) this.orders.set(id, 'COMPLETED');
      }
      if (plan >= 5 && plan < 9) {
        this.orders.set(id, 'CANCELLING');
        const cancelled = await say(this.post(`/orders/${id}/cancel`));
        if (cancelled?.status === 200) this.orders.set(id, 'CANCELLED');
      }
    }
  }

  /** Everything that was told and is not so, as sentences; asked of one process after all is over. */
  async findLost(client: Client): Promise<readonly string[]> {
    const lost: string[] = [];
    for (const [id, told] of this.orders) {
      const { body } = await client.get(`/orders/${id}`);
      if (!POSSIBLE[told].includes(body.status))
        lost.push(`order ${id}: ${told}, is ${body.status}`);
    }
    const { items } = (await client.get('/wallet/entries?limit=100')).body;
    const entries = new Set(items.map((entry: { id: number }) => entry.id));
    for (const id of this.charges) if (!entries.has(id)) lost.push(`charge ${id} is gone`);
    return lost;
  }

  /** Null when the connection broke: what was asked may or may not have happened. */
  private async post(path: string, body?: unknown): Promise<Answer | null> {
    const client = this.clients[this.roll(this.clients.length)];
    try {
      const answer = await client?.post(path, body);
      if (answer === undefined) return null;
      this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500 && !this.mayFail(answer)) {
        this.surprises.push(`${path}: ${answer.status} ${answer.body.code}`);
      }
      return answer;
    } catch {
      this.statuses.set(0, (this.statuses.get(0) ?? 0) + 1);
      return null;
    }
  }

  private pickSome(products: readonly number[]): readonly number[] {
    const first = this.roll(products.length);
    const count = 1 + this.roll(3);
    // From anywhere and in either direction, so that orders name the same products in different orders.
    const step = this.roll(2) === 0 ? 1 : products.length - 1;
    return Array.from(
      { length: count },
      (_, at) => products[(first + at * step) % products.length] ?? 0,
    );
  }

  /** A whole number below `sides`, as the seed decides (Numerical Recipes' generator). */
  private roll(sides: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * sides);
  }
}
