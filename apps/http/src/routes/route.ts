import type { Idempotency } from '@jumun/application';
import type { Result, UserId } from '@jumun/domain';
import { z } from 'zod';
import type { Content, Exchange } from '../edge/exchange.js';
import type { Refusal, RefusalCode } from '../problems.js';

export type Method = 'GET' | 'POST' | 'PATCH';

/** Who may call: anybody, anybody with a token, or who has the role `operator`. */
export type Access = 'public' | 'customer' | 'operator';

/** Whoever the bearer token names. An operator is a customer too. */
export interface Customer {
  readonly userId: UserId;
  readonly roles: readonly string[];
}

/** A request as a handler sees it: authenticated, validated, and free of any web framework. */
export interface RouteRequest<Who, Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly customer: Who;
  /** On a POST with an `Idempotency-Key`. */
  readonly idempotency: Idempotency | undefined;
  readonly requestId: string;
}

export type Reply = ContentReply | TakeOver;

export interface ContentReply<Body = unknown> extends Content {
  readonly body: Body;
  /** Where it is not the route's own. */
  readonly status?: number;
}

/** A handler that sends its answer itself. */
export interface TakeOver {
  readonly takeOver: (exchange: Exchange) => void;
}

type Answer = Result<Reply, Refusal> | Promise<Result<Reply, Refusal>>;

/** The chapters of the document, in its order. */
export const TAGS = {
  Orders: 'Place, pay and call off.',
  Wallet: 'What a customer has to spend, and where it went.',
  Products: 'What there is to buy.',
  Popular: 'What sells, counted every few minutes.',
  Coupons: 'First come, first served.',
  Admin: 'For tokens with the role `operator`.',
  Development: 'There only in the embedded profile, while no issuer of tokens is configured.',
  Service: 'Health, and these documents.',
  Pages: 'For people: the shop and its control room, in a browser.',
} as const;

/** Headers that an answer has where all went well, beyond those of every answer. */
export type AnswerHeader = 'Location' | 'ETag' | 'Vary' | 'Content-Encoding' | 'Cache-Control';

/** What the document says of a route; what follows from the rest of the declaration need not be said. */
interface Description {
  /** A verb phrase, unique among all routes: generated clients name their function so. */
  readonly name: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  /** What the summary leaves open, in Markdown. */
  readonly description?: string;
  /** Of the answer, where it is not JSON. */
  readonly answerType?: string;
  readonly answerHeaders?: readonly AnswerHeader[];
  /** Of a stream: the data of its events, by their names. */
  readonly events?: Readonly<Record<string, z.ZodType>>;
}

/** One route, as plain data: what serves requests and what describes the API are both made from it. */
export interface Route extends Description {
  readonly method: Method;
  /** From the root, with `:name` for parameters. */
  readonly path: string;
  readonly access: Access;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** `null`: the route takes no body at all. */
  readonly body: z.ZodObject | null;
  /** Of the answer when all goes well. */
  readonly status: number;
  /** The body of that answer. */
  readonly answer: z.ZodType;
  /** What its handler refuses with, beyond what any route of its kind does. */
  readonly refusals: readonly RefusalCode[];
  /** Whether it would be refused now because too many requests wait. */
  readonly isBusy?: () => boolean;
  /** Whether a customer may ask for it less often than for the rest. */
  readonly isForCoupons?: boolean;
  /**
   * Answers a GET or HEAD ahead of everything else, where it can; whether it did. What it leaves is served like any other
   * request. `query` is what stands behind the question mark. Only on a path without parameters, for anybody.
   */
  readonly ahead?: (exchange: Exchange, query: string) => boolean;
  handle(request: RouteRequest<Customer | null, unknown, unknown, unknown>): Answer;
}

const NOTHING = z.object({});
type Nothing = typeof NOTHING;

/** A value, or one just like it that nobody may change. */
export type Unchangeable<Value> = Value extends readonly (infer Item)[]
  ? readonly Unchangeable<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Unchangeable<Value[Name]> }
    : Value;

/** What a handler comes to: what the document promises, and refusals that it tells of. */
type DescribedAnswer<Shown, Code extends RefusalCode> = Result<
  ContentReply<Unchangeable<Shown>> | TakeOver,
  Refusal & { readonly code: Code | 'VALIDATION_FAILED' | 'IDEMPOTENCY_KEY_REUSED' }
>;

interface Declaration<
  Kind extends Access,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Shown extends z.ZodType,
  Code extends RefusalCode,
> extends Description {
  readonly method: Method;
  readonly path: string;
  readonly access: Kind;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly status: number;
  readonly answer: Shown;
  readonly refusals?: readonly Code[];
  readonly isBusy?: () => boolean;
  readonly isForCoupons?: boolean;
  readonly ahead?: (exchange: Exchange, query: string) => boolean;
  readonly handle: (
    request: RouteRequest<
      Kind extends 'public' ? null : Customer,
      z.output<Params>,
      z.output<Query>,
      z.output<Body>
    >,
  ) =>
    | DescribedAnswer<z.input<Shown>, NoInfer<Code>>
    | Promise<DescribedAnswer<z.input<Shown>, NoInfer<Code>>>;
}

/**
 * Declares a route; the handler's request is typed by the schemas. It does not compile when it shows what `answer` does not
 * say, or refuses with what `refusals` leaves out.
 */
export function route<
  Kind extends Access,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodObject = Nothing,
  Shown extends z.ZodType = z.ZodType,
  const Code extends RefusalCode = never,
>(declaration: Declaration<Kind, Params, Query, Body, Shown, Code>): Route {
  const { params, query, body, refusals, handle } = declaration;
  return {
    ...declaration,
    refusals: refusals ?? [],
    params: params ?? NOTHING,
    query: query ?? NOTHING,
    body: body ?? null,
    // The edge has parsed the request by these very schemas.
    handle: (request) => handle(request as Parameters<typeof handle>[0]),
  };
}
