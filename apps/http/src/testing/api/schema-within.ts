import { type ApiDocument, resolve, type Schema } from './document.js';

/** A schema, and the document that its references lead into. */
export interface SchemaIn {
  readonly document: ApiDocument;
  readonly schema: Schema;
}

/** Whether the values are sent to us, or told to clients: clients also miss a field that was there only now and then. */
type Side = 'request' | 'answer';

/** Limits by which a value may be too small or too large, and what stands for none. */
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const;
const UPPER = ['maximum', 'maxLength', 'maxItems'] as const;

/** Why not every value of `sub` is one of `sup`, by the dotted path of the field; empty when all of them are. */
export function notWithin(
  sub: SchemaIn,
  sup: SchemaIn,
  side: Side = 'request',
  path = '',
): readonly string[] {
  const [subs, sups] = [alternativesOf(sub), alternativesOf(sup)];
  return subs.flatMap((one) => {
    const reasons = sups.map((other) => whyNot(one, other, side, path));
    if (reasons.some(({ length }) => length === 0)) return [];
    // With one choice only, its reasons are the reasons.
    const [only] = reasons;
    if (reasons.length === 1 && only !== undefined) return only;
    return [at(path, `${kindOf(one.schema)} is not one of the kinds`)];
  });
}

const at = (path: string, reason: string): string => (path === '' ? reason : `${path}: ${reason}`);

const kindOf = ({ type, enum: values, const: value }: Schema): string =>
  JSON.stringify(values ?? value ?? type ?? 'anything');

/** The choices that a value has. */
function alternativesOf({ document, schema }: SchemaIn): readonly SchemaIn[] {
  const found = resolve<Schema>(document, schema);
  if (found.anyOf === undefined) return [{ document, schema: found }];
  return found.anyOf.flatMap((each) => alternativesOf({ document, schema: each }));
}

function whyNot(sub: SchemaIn, sup: SchemaIn, side: Side, path: string): readonly string[] {
  const kind = [...whyNotValues(sub.schema, sup.schema), ...whyNotType(sub.schema, sup.schema)];
  if (kind.length > 0) return kind.map((reason) => at(path, reason));
  return [
    ...whyNotLimits(sub.schema, sup.schema).map((reason) => at(path, reason)),
    ...whyNotItems(sub, sup, side, path),
    ...whyNotFields(sub, sup, side, path),
  ];
}

const valuesOf = ({ enum: values, const: value }: Schema): readonly unknown[] | undefined =>
  values ?? (value === undefined ? undefined : [value]);

function whyNotValues(sub: Schema, sup: Schema): readonly string[] {
  const allowed = valuesOf(sup);
  if (allowed === undefined) return [];
  const given = valuesOf(sub);
  if (given === undefined) return [`only ${JSON.stringify(allowed)} of ${kindOf(sub)}`];
  return given
    .filter((value) => !allowed.includes(value))
    .map((value) => `${JSON.stringify(value)} is not one of ${JSON.stringify(allowed)}`);
}

function whyNotType({ type: sub }: Schema, { type: sup }: Schema): readonly string[] {
  if (sup === undefined) return [];
  const allowed = [sup].flat();
  const given = sub === undefined ? ['anything'] : [sub].flat();
  return given
    .filter(
      (type) => !allowed.includes(type) && !(type === 'integer' && allowed.includes('number')),
    )
    .map((type) => `${type} is not ${allowed.join(' or ')}`);
}

function whyNotLimits(sub: Schema, sup: Schema): readonly string[] {
  const low = LOWER.filter(
    (limit) => (sub[limit] ?? lowestOf(sub, limit)) < (sup[limit] ?? Number.NEGATIVE_INFINITY),
  );
  const high = UPPER.filter(
    (limit) => (sub[limit] ?? Number.POSITIVE_INFINITY) > (sup[limit] ?? Number.POSITIVE_INFINITY),
  );
  const words = (['pattern', 'format'] as const).filter(
    (rule) => sup[rule] !== undefined && sup[rule] !== sub[rule] && valuesOf(sub) === undefined,
  );
  return [...low, ...high, ...words].map(
    (limit) => `${limit} ${sub[limit] ?? 'none'} against ${sup[limit]}`,
  );
}

/** A length below none does not exist; and what is at least 1 is more than 0. */
function lowestOf({ minimum, exclusiveMinimum }: Schema, limit: (typeof LOWER)[number]): number {
  if (limit === 'minLength' || limit === 'minItems') return 0;
  if (limit === 'minimum') return exclusiveMinimum ?? Number.NEGATIVE_INFINITY;
  return minimum === undefined ? Number.NEGATIVE_INFINITY : minimum - 1;
}

function whyNotItems(sub: SchemaIn, sup: SchemaIn, side: Side, path: string): readonly string[] {
  if (sup.schema.items === undefined || sub.schema.items === undefined) return [];
  return notWithin(
    { ...sub, schema: sub.schema.items },
    { ...sup, schema: sup.schema.items },
    side,
    path === '' ? '*' : `${path}.*`,
  );
}

function whyNotFields(sub: SchemaIn, sup: SchemaIn, side: Side, path: string): readonly string[] {
  const [given, allowed] = [sub.schema.properties ?? {}, sup.schema.properties ?? {}];
  const inside = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const reasons: string[] = [];
  for (const name of sup.schema.required ?? []) {
    if (sub.schema.required?.includes(name) !== true) {
      reasons.push(at(inside(name), side === 'request' ? 'is required' : 'may be missing'));
    }
  }
  for (const [name, schema] of Object.entries(given)) {
    const other = allowed[name];
    if (other !== undefined) {
      const next = { ...sup, schema: other };
      reasons.push(...notWithin({ ...sub, schema }, next, side, inside(name)));
    } else if (sup.schema.additionalProperties === false) {
      reasons.push(at(inside(name), 'is not known'));
    }
  }
  if (side === 'answer') {
    for (const name of Object.keys(allowed)) {
      const isTold = given[name] !== undefined || sup.schema.required?.includes(name) === true;
      if (!isTold) reasons.push(at(inside(name), 'is gone'));
    }
  }
  return reasons;
}
