import { z } from 'zod';
import {
  chargeSchema,
  couponSchema,
  orderSchema,
  paymentSchema,
  tokenSchema,
} from '../answer-schemas.js';
import type { RushAnswer, RushClient } from './rush-client.js';
import type { RushCustomer } from './rush-plan.js';
import type { RushCount } from './rush-tally.js';

/** What all customers of a rush have to do with. */
export interface RushStage {
  readonly client: RushClient;
  readonly count: RushCount;
  /** What they came for. */
  readonly products: readonly RushProduct[];
  /** Whose coupons they would like to have; null: nobody's. */
  readonly campaignId: number | null;
  /** Whether they are to go now. */
  readonly isOver: () => boolean;
}

export interface RushProduct {
  readonly id: number;
  /** Won. */
  readonly price: number;
}

/** Money comes into a wallet in whole notes. */
const NOTE = 10_000;
/** What who is poor thinks to be enough. */
const TOO_LITTLE = 5_000;

const refusal = z.object({ code: z.string() });
const missingMoney = z.object({ balance: z.int(), required: z.int() });
const soldOut = z.object({ alternatives: z.array(z.object({ id: z.int(), price: z.int() })) });

/** One customer in the shop, from coming to going. Never rejects; the count hears of everything that they are told. */
export class RushVisit {
  private token = '';
  private couponId: number | null = null;

  constructor(
    private readonly stage: RushStage,
    private readonly who: RushCustomer,
  ) {}

  async run(): Promise<void> {
    const wanted = this.stage.products[this.who.product];
    if (wanted === undefined) return;
    const signedIn = await this.told(tokenSchema, null, '/dev/tokens', { userId: this.who.userId });
    if (signedIn === null) return;
    this.token = signedIn.token;
    await this.lookAt(wanted);
    const costs = wanted.price * this.who.pieces;
    await this.charge(this.who.isPoor ? TOO_LITTLE : Math.ceil(costs / NOTE) * NOTE);
    if (this.who.wantsCoupon) await this.takeCoupon();
    await this.order(wanted);
  }

  private async lookAt({ id }: RushProduct): Promise<void> {
    if (this.stage.isOver()) return;
    this.heard(await this.stage.client.get(`/products/${id}`));
  }

  private async charge(amount: number): Promise<void> {
    const charged = await this.told(chargeSchema, this.token, '/wallet/charges', { amount });
    if (charged !== null) this.stage.count.add('charged', charged.amount);
  }

  private async takeCoupon(): Promise<void> {
    const { campaignId, count } = this.stage;
    if (campaignId === null) return;
    const path = `/coupon-campaigns/${campaignId}/coupons`;
    const coupon = await this.told(couponSchema, this.token, path);
    if (coupon === null) return;
    count.add('coupons');
    this.couponId = coupon.id;
  }

  /** Orders; who is refused puts right what was missing, and tries once more. */
  private async order(product: RushProduct): Promise<void> {
    const placed = await this.place(product);
    if (placed === null || this.stage.isOver()) return;
    if (placed.status === 201) return this.decide(orderSchema.parse(placed.body));
    const { code } = refusal.parse(placed.body);
    if (code === 'INSUFFICIENT_BALANCE') {
      const { balance, required } = missingMoney.parse(placed.body);
      await this.charge(required - balance);
      return this.orderAgain(product);
    }
    if (code === 'OUT_OF_STOCK' && this.who.takesAlternative) {
      const [alternative] = soldOut.parse(placed.body).alternatives;
      if (alternative !== undefined) return this.orderAlternative(alternative);
    }
  }

  private async orderAlternative(product: RushProduct): Promise<void> {
    await this.charge(Math.ceil((product.price * this.who.pieces) / NOTE) * NOTE);
    await this.orderAgain(product);
  }

  private async orderAgain(product: RushProduct): Promise<void> {
    const placed = await this.place(product);
    if (placed?.status === 201) await this.decide(orderSchema.parse(placed.body));
  }

  private async place({ id }: RushProduct): Promise<RushAnswer> {
    if (this.stage.isOver()) return null;
    const items = [{ productId: id, quantity: this.who.pieces }];
    const wish = { items, couponId: this.couponId };
    const placed = this.heard(await this.stage.client.post('/orders', this.token, wish));
    if (placed?.status === 201) this.stage.count.add('ordersPlaced');
    return placed;
  }

  private async decide({ id }: z.output<typeof orderSchema>): Promise<void> {
    const { fate } = this.who;
    if (fate === 'LEAVE') return;
    if (fate === 'CANCEL') {
      if ((await this.callOff(id)) !== null) this.stage.count.add('ordersCancelled');
      return;
    }
    const paid = await this.told(paymentSchema, this.token, `/orders/${id}/payment`);
    if (paid === null) return;
    const { count } = this.stage;
    count.add('ordersPaid');
    count.add('spent', paid.amount);
    count.add('pieces', this.who.pieces);
    if (fate === 'PAY') return;
    const refunded = await this.callOff(id);
    if (refunded === null) return;
    count.add('ordersRefunded');
    count.add('refunded', refunded.total);
    count.add('pieces', -this.who.pieces);
  }

  private callOff(id: number): Promise<z.output<typeof orderSchema> | null> {
    return this.told(orderSchema, this.token, `/orders/${id}/cancel`);
  }

  /** What a command was answered, where all went well. Nothing more is asked once the rush is over. */
  private async told<Shown extends z.ZodType>(
    schema: Shown,
    token: string | null,
    path: string,
    body: unknown = {},
  ): Promise<z.output<Shown> | null> {
    if (this.stage.isOver()) return null;
    const answer = this.heard(await this.stage.client.post(path, token, body));
    return answer === null || answer.status >= 400 ? null : schema.parse(answer.body);
  }

  private heard(answer: RushAnswer): RushAnswer {
    const { count } = this.stage;
    if (answer === null) count.add('unanswered');
    else if (answer.status >= 400) count.refused(refusal.parse(answer.body).code);
    return answer;
  }
}
