/** What the customers of a rush were told, added up. Amounts are whole won. */
export interface RushTally {
  /** Came into their wallets from outside. */
  readonly charged: number;
  /** Paid for orders. */
  readonly spent: number;
  /** Came back for orders that were called off after they had been paid. */
  readonly refunded: number;
  readonly ordersPlaced: number;
  readonly ordersPaid: number;
  /** Called off before they were paid. */
  readonly ordersCancelled: number;
  /** Called off after they were paid; counted as paid, too. */
  readonly ordersRefunded: number;
  /** Pieces that were paid for, without those that came back. */
  readonly pieces: number;
  readonly coupons: number;
  /** Answers that were refusals, by their codes. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Requests that nobody answered: what they asked for may or may not have happened. */
  readonly unanswered: number;
}

type Figure = Exclude<keyof RushTally, 'refusals'>;

/** Adds up what is told while a rush is on. */
export class RushCount {
  private readonly figures: Record<Figure, number> = {
    charged: 0,
    spent: 0,
    refunded: 0,
    ordersPlaced: 0,
    ordersPaid: 0,
    ordersCancelled: 0,
    ordersRefunded: 0,
    pieces: 0,
    coupons: 0,
    unanswered: 0,
  };
  private readonly refusals = new Map<string, number>();

  add(figure: Figure, by = 1): void {
    this.figures[figure] += by;
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  tally(): RushTally {
    return { ...this.figures, refusals: Object.fromEntries(this.refusals) };
  }
}
