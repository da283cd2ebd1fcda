import type { Idempotency } from '@jumun/application';
import type { Result, UserId } from '@jumun/domain';
import { z } from 'zod';
import type { Content, Exchange } from '../edge/exchange.js';
import type { Refusal } from '../problems.js';

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

export interface ContentReply extends Content {
  /** Where it is not the route's own. */
  readonly status?: number;
}

/** A handler that sends its answer itself. */
export interface TakeOver {
  readonly takeOver: (exchange: Exchange) => void;
}

type Answer = Result<Reply, Refusal> | Promise<Result<Reply, Refusal>>;

/** One route, as plain data: what serves requests and what describes the API are both made from it. */
export interface Route {
  readonly method: Method;
  /** From the root, with `:name` for parameters. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** `null`: the route takes no body at all. */
  readonly body: z.ZodObject | null;
  /** Of the answer when all goes well. */
  readonly status: number;
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

interface Declaration<
  Kind extends Access,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
> {
  readonly method: Method;
  readonly path: string;
  readonly access: Kind;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly status: number;
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
  ) => Answer;
}

/** Declares a route; the handler's request is typed by the schemas. */
export function route<
  Kind extends Access,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodObject = Nothing,
>(declaration: Declaration<Kind, Params, Query, Body>): Route {
  const { params, query, body, handle } = declaration;
  return {
    ...declaration,
    params: params ?? NOTHING,
    query: query ?? NOTHING,
    body: body ?? null,
    // The edge has parsed the request by these very schemas.
    handle: (request) => handle(request as Parameters<typeof handle>[0]),
  };
}
