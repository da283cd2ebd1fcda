import type {
  DailySales,
  Instant,
  OrderId,
  ProductId,
  RankedProduct,
  RankingSort,
  Sale,
  SalesDay,
} from '@jumun/domain';

/** A place in a stored ranking, and the one that the product had in the ranking stored before. */
export interface RankingPlace extends RankedProduct {
  /** Null when it was not among the stored places then. */
  readonly previousRank: number | null;
}

/** The best products of the last `days` days, as they were when they were last computed. */
export interface StoredRanking {
  /** 1 to 30. */
  readonly days: number;
  readonly sort: RankingSort;
  /** Names the computation: above that of every one before it, also of those that a restored database has forgotten. */
  readonly version: number;
  readonly computedAt: Instant;
  /** The first day of the period. */
  readonly from: SalesDay;
  /** Its last one: the day of the computation. */
  readonly to: SalesDay;
  /** Pieces sold in the period, those of products that are not listed too. */
  readonly totalQuantity: number;
  /** By rank. */
  readonly places: readonly RankingPlace[];
}

/** How far the statistics have come. */
export interface StatisticsProgress {
  /** Moves on whenever the daily sums change. */
  readonly revision: number;
  /** How often they were corrected by what the orders say. */
  readonly corrections: number;
  /** Of the rankings that are stored; 0 before the first time. */
  readonly version: number;
  /** The revision that the stored rankings were made from. */
  readonly rankedRevision: number;
  /** When they were made; null before the first time. */
  readonly rankedAt: Instant | null;
}

/** The sales statistics, in a transaction. What is in here is changed by nobody but the holder of the turn. */
export interface StatisticsRepository {
  /**
   * Takes the turn for this transaction, or tells that another one has it now: it does not wait for that. A store that
   * runs one transaction at a time always gives it.
   */
  takeTurn(): Promise<boolean>;
  /** Takes the turn for this transaction, and waits for it where another one has it. */
  awaitTurn(): Promise<void>;
  progress(): Promise<StatisticsProgress>;
  /**
   * At most `limit` committed sales records that were not counted yet, by order id, which count as counted from now on.
   * Those of transactions that are still open are passed over, whatever their ids: they are found once they are committed.
   * Fewer than `limit` are given only when there are no more. With `from`, orders below that id are not looked at: a store
   * need not go past what was just taken, again and again.
   */
  takeUncounted(limit: number, from?: OrderId): Promise<readonly Sale[]>;
  /** Adds to the daily sums, and makes those that are not there; each day and product once. The revision moves on. */
  addDaily(sums: readonly DailySales[]): Promise<void>;
  /** Like {@link addDaily}; the corrections move on too. */
  correctDaily(differences: readonly DailySales[]): Promise<void>;
  /** Stores these rankings instead of all that are there, made from the present revision at `at`. */
  saveRankings(rankings: readonly StoredRanking[], version: number, at: Instant): Promise<void>;
}

/** The stored rankings, for readers. They may be those of a moment ago. */
export interface RankingQueries {
  /** Undefined before the first computation. */
  find(days: number, sort: RankingSort): Promise<StoredRanking | undefined>;
  /** The version of the rankings that are stored; 0 before the first computation. */
  version(): Promise<number>;
}

/** What the statistics are made from, as it was committed, and not a moment older. */
export interface StatisticsQueries {
  progress(): Promise<StatisticsProgress>;
  /** The sums of one day, in any order. */
  daily(day: SalesDay): Promise<readonly DailySales[]>;
  /** All stored rankings. */
  rankings(): Promise<readonly StoredRanking[]>;
  /** Shows all sales of the shop as they were at one moment, however long `look` takes. It keeps nobody waiting for long. */
  atOneMoment<T>(look: (moment: SalesMoment) => Promise<T>): Promise<T>;
}

/** The shop's sales at one moment. */
export interface SalesMoment {
  progress(): Promise<StatisticsProgress>;
  /** What the orders after the one named have sold, at most `limit` orders, by id. */
  sold(after: OrderId | null, limit: number): Promise<SoldPage>;
  /** The sales records of the orders after `after` up to and with `last` that were not counted yet. */
  uncounted(after: OrderId | null, last: OrderId): Promise<readonly Sale[]>;
  /** The days that have sums, ascending. */
  days(): Promise<readonly SalesDay[]>;
  /** The sums of one day, in any order. */
  daily(day: SalesDay): Promise<readonly DailySales[]>;
}

/** A few orders one after another. */
export interface SoldPage {
  /** Those of them that are COMPLETED. */
  readonly orders: readonly SoldOrder[];
  /** The last one of them all, whatever its status; null when there are no more. */
  readonly last: OrderId | null;
}

/** What an order that was paid and not refunded has sold. */
export interface SoldOrder {
  readonly id: OrderId;
  readonly paidAt: Instant;
  readonly lines: readonly SoldLine[];
}

export interface SoldLine {
  readonly productId: ProductId;
  readonly quantity: number;
  /** Won after the discount. */
  readonly revenue: number;
}
