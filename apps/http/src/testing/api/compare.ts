import {
  type ApiDocument,
  type Header,
  type Operation,
  operationsOf,
  type Parameter,
  type Placed,
  type Reference,
  resolve,
  type Response,
  type Responses,
} from './document.js';
import { notWithin } from './schema-within.js';

/** Whom a route lets in, from the widest door to the narrowest. */
const DOORS: readonly Operation['x-access'][] = ['public', 'customer', 'operator'];

/**
 * Every change from one document to the next that a client could stumble over, as a sentence. What is only added (a route,
 * a parameter that may be left out, a field of an answer, a status of a refusal, a problem code) is none.
 */
export function breakingChanges(before: ApiDocument, after: ApiDocument): readonly string[] {
  const known = new Map(operationsOf(after).map((placed) => [nameOf(placed), placed]));
  return operationsOf(before).flatMap((old) => {
    const name = nameOf(old);
    const now = known.get(name);
    const changes =
      now === undefined
        ? ['the route is gone']
        : new Comparison(before, after).operations(old.operation, now.operation);
    return changes.map((change) => `${name}: ${change}`);
  });
}

/** The names of parameters in a path are nobody's business. */
const nameOf = ({ method, path }: Placed): string => `${method} ${path}`;

class Comparison {
  constructor(
    private readonly before: ApiDocument,
    private readonly after: ApiDocument,
  ) {}

  operations(old: Operation, now: Operation): readonly string[] {
    const isNarrower = DOORS.indexOf(now['x-access']) > DOORS.indexOf(old['x-access']);
    return [
      ...(isNarrower ? [`is for ${now['x-access']} only`] : []),
      ...(old.operationId === now.operationId
        ? []
        : [`the name ${old.operationId} is now ${now.operationId}`]),
      ...this.parameters(old, now),
      ...this.requests(old, now),
      ...this.responses(old.responses, now.responses),
    ];
  }

  private parameters(old: Operation, now: Operation): readonly string[] {
    const keyed = (document: ApiDocument, { parameters }: Operation) =>
      new Map(
        parameters
          .map((parameter) => resolve<Parameter>(document, parameter))
          .map((parameter) => [`${parameter.in} parameter ${parameter.name}`, parameter]),
      );
    const [olds, nows] = [keyed(this.before, old), keyed(this.after, now)];
    const changes: string[] = [];
    for (const [name, parameter] of olds) {
      const found = nows.get(name);
      if (found === undefined) changes.push(`${name} is gone`);
      else changes.push(...this.input(name, parameter, found));
    }
    for (const [name, { required }] of nows) {
      const isNewlyNeeded = required === true && olds.get(name)?.required !== true;
      if (isNewlyNeeded) changes.push(`${name} is required`);
    }
    return changes;
  }

  private requests(old: Operation, now: Operation): readonly string[] {
    const changes: string[] = [];
    if (now.requestBody?.required === true && old.requestBody?.required !== true) {
      changes.push('a body is required');
    }
    for (const [type, media] of Object.entries(old.requestBody?.content ?? {})) {
      const found = now.requestBody?.content[type];
      if (found === undefined) changes.push(`no body of ${type} is taken`);
      else changes.push(...this.input('body', media, found));
    }
    return changes;
  }

  private responses(olds: Responses, nows: Responses): readonly string[] {
    return Object.entries(olds).flatMap(([status, old]) => {
      const now = nows[status];
      if (now === undefined) return [`status ${status} is gone`];
      return this.response(
        resolve<Response>(this.before, old),
        resolve<Response>(this.after, now),
        Number(status) < 400,
      ).map((change) => `${status}: ${change}`);
    });
  }

  private response(old: Response, now: Response, isAnswer: boolean): readonly string[] {
    const changes: string[] = [];
    for (const [name, header] of Object.entries(old.headers ?? {})) {
      const found = now.headers?.[name];
      if (found === undefined) changes.push(`header ${name} is gone`);
      else if (this.isNeeded(this.before, header) && !this.isNeeded(this.after, found)) {
        changes.push(`header ${name} is not always there`);
      }
    }
    for (const [type, media] of Object.entries(old.content ?? {})) {
      const found = now.content?.[type];
      if (found === undefined) changes.push(`${type} is gone`);
      else changes.push(...this.output(media.schema, found.schema, isAnswer));
      for (const [event, data] of Object.entries(media['x-events'] ?? {})) {
        const told = found?.['x-events']?.[event];
        if (told === undefined) changes.push(`event ${event} is gone`);
        else changes.push(...this.output(data, told, true).map((each) => `${event}: ${each}`));
      }
    }
    return changes;
  }

  private isNeeded(document: ApiDocument, header: Header | Reference): boolean {
    return resolve<Header>(document, header).required === true;
  }

  /** Whatever was right to send must still be right. */
  private input(
    name: string,
    old: { readonly schema: Parameter['schema'] },
    now: { readonly schema: Parameter['schema'] },
  ): readonly string[] {
    return notWithin(
      { document: this.before, schema: old.schema },
      { document: this.after, schema: now.schema },
    ).map((reason) => `${name}: ${reason}`);
  }

  /** Whatever is sent must be what clients were told to expect; of problems, they must expect new ones. */
  private output(
    old: Parameter['schema'],
    now: Parameter['schema'],
    isAnswer: boolean,
  ): readonly string[] {
    const [was, is] = [
      { document: this.before, schema: old },
      { document: this.after, schema: now },
    ];
    if (isAnswer) return notWithin(is, was, 'answer');
    const codes = (side: typeof was) => new Map(this.codesOf(side).map((each) => [each.key, each]));
    const found = codes(is);
    return [...codes(was)].flatMap(([key, problem]) => {
      const left = found.get(key);
      return left === undefined
        ? [`${key} is gone`]
        : notWithin(left, problem, 'answer').map((reason) => `${key}: ${reason}`);
    });
  }

  private codesOf({ document, schema }: { document: ApiDocument; schema: Parameter['schema'] }) {
    return (schema.anyOf ?? [schema]).map((problem) => ({
      // One code may have members on one route and none on another.
      key: problem.$ref?.split('/').pop() ?? 'a problem',
      document,
      schema: problem,
    }));
  }
}
