import type { IncomingMessage } from 'node:http';
import { err, ok, Result } from 'neverthrow';
import type { Refusal } from '../problems.js';
import type { Customer, Reply, Route } from '../routes/route.js';
import type { Authentication } from './authentication.js';
import { readJson } from './body.js';
import { checkKey, KeyedRequest } from './idempotency.js';
import { check, checkQuery, invalid } from './validation.js';

/** A request whose route is known. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly params: Readonly<Record<string, unknown>>;
  readonly search: URLSearchParams;
  readonly requestId: string;
}

/**
 * What every request goes through once its route is known: admission, media type, body, validation, use case. The first
 * step that refuses ends it. `onAdmitted` hears who it is from, and may refuse them.
 */
export async function serve(
  route: Route,
  incoming: Incoming,
  authentication: Authentication,
  onAdmitted: (customer: Customer) => Refusal | undefined,
): Promise<Result<Reply, Refusal>> {
  const { request, requestId } = incoming;
  const admitted = await authentication.admit(route.access, request.headers.authorization);
  if (admitted.isErr()) return err(admitted.error);
  const customer = admitted.value;
  const unwanted = customer === null ? undefined : onAdmitted(customer);
  if (unwanted !== undefined) return err(unwanted);

  const json = route.body === null ? ok({}) : await readJson(request);
  if (json.isErr()) return err(json.error);

  const params = check(route.params, incoming.params);
  const query = checkQuery(route.query, incoming.search);
  const body = route.body === null ? ok({}) : check(route.body, json.value);
  const header = checkKey(route, request.headers['idempotency-key']);
  const checked = Result.combineWithAllErrors([params, query, body, header]);
  if (checked.isErr()) return err(invalid(...checked.error.flat()));

  const [rightParams, rightQuery, rightBody, key] = checked.value;
  const content = { params: rightParams, body: rightBody };
  return route.handle({
    ...content,
    query: rightQuery,
    customer,
    idempotency:
      key === undefined || customer === null
        ? undefined
        : new KeyedRequest(customer.userId, key, route, content),
    requestId,
  });
}
