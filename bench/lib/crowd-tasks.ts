import type { Latency } from './latency.ts';

/** Opens connections, spread over the servers at `urls`, that stay open until they are closed. */
export interface OpenCrowd {
  readonly kind: 'OPEN';
  readonly urls: readonly string[];
  readonly connections: number;
}

/**
 * Every customer asks for a coupon of the campaign, all of them at one moment, spread over the connections. Nobody has
 * used their token before, or, where they are `waiting`, everybody has looked at their coupons over their connection.
 */
export interface CouponBurst {
  readonly kind: 'BURST';
  readonly campaignId: number;
  readonly firstCustomer: number;
  readonly customers: number;
  readonly waiting: boolean;
}

export interface BurstReport {
  /** From the one moment at which all begin to the answer, whenever the request could be sent. */
  readonly latency: MeanLatency;
  /** After so many milliseconds every connection had its first request. */
  readonly writtenMs: number;
  readonly lastAnswerMs: number;
  readonly answers: AnswerCounts;
  /** Those that somebody was given. */
  readonly coupons: readonly IssuedCoupon[];
}

export interface IssuedCoupon {
  readonly id: number;
  readonly issueNumber: number;
}

/** Every connection asks for each of the pages in turn, again as soon as it is answered, or all of them at a rate. */
export interface ReadingLoop {
  readonly kind: 'LOOP';
  readonly pages: readonly Page[];
  /** So many reads a second, whatever becomes of those before; each counts from the time at which it was due. */
  readonly perSecond?: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface Page {
  readonly path: string;
  /** Who asks; nobody in particular where it is left out. */
  readonly customer?: number;
  /** How the body of the right answer begins. */
  readonly begins: string;
}

export interface LoopReport {
  readonly perSecond: number;
  readonly latency: MeanLatency;
  /** Of a body, on average. */
  readonly bytes: number;
  /** How many were wrong: another status than 200, or the body of another page. The first of them. */
  readonly wrong: number;
  readonly firstWrong: string | null;
  /** At a rate: how late the generator itself was to see that reads were due, and how many were never begun. */
  readonly lateness: Latency;
  readonly notSent: number;
}

/** Every connection asks for the page at the same moment, once. */
export interface ReadingRush {
  readonly kind: 'RUSH';
  readonly page: Page;
}

export interface RushReport {
  /** From the one moment at which all begin to the answer, whenever the request could be sent. */
  readonly latency: MeanLatency;
  readonly answers: AnswerCounts;
  /** How many were given each of the different bodies, in the order in which they came up. */
  readonly bodies: readonly number[];
  /** Bodies of another page. */
  readonly wrong: number;
}

/**
 * So many orders a second, each by the customer whose connection's turn it is, each paid over the same connection.
 * Connection 0 is that of `firstCustomer`. An order whose connection is busy waits, and its waiting counts.
 */
export interface OrderTrickle {
  readonly kind: 'TRICKLE';
  readonly firstCustomer: number;
  /** Pieces of these products are ordered, in turn. */
  readonly products: readonly number[];
  readonly perSecond: number;
  /** Not counted; only `paid` and `answers` tell of it. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface TrickleReport {
  /** Orders that were due in the counted time and are paid, a second, until the last of them was. */
  readonly perSecond: number;
  /** Of all requests: of an order from when it was due, of a payment from when its order was answered. */
  readonly latency: MeanLatency;
  readonly answers: AnswerCounts;
  /** Orders that were acknowledged as paid. */
  readonly paid: readonly number[];
  /** Connections over which something was ordered. */
  readonly used: number;
  /** Connections that are not open any more. */
  readonly dropped: number;
}

export interface CloseCrowd {
  readonly kind: 'CLOSE';
}

export type MeanLatency = Latency & { readonly mean: number };

/** How many answers there were of each kind: the status and, for a problem, its code. */
export type AnswerCounts = Readonly<Record<string, number>>;

export type CrowdTask = (
  OpenCrowd | CouponBurst | ReadingLoop | ReadingRush | OrderTrickle | CloseCrowd
) & {
  /** The name of a set of connections. */
  readonly crowd: string;
};

/** Complaints about reads: answers that nobody should get. */
export const complaintsAboutReads = (
  { wrong, firstWrong }: LoopReport,
  what: string,
): readonly string[] =>
  wrong === 0 ? [] : [`${what}: ${wrong} wrong answers, the first of them ${firstWrong}`];
