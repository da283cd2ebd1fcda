/** What the document says in words, and the parts that many of its routes share. */

export const INTRODUCTION = `An order service: customers charge a wallet, find products, take coupons, order and pay.

**Who asks.** \`Authorization: Bearer TOKEN\`, a JWT whose \`sub\` is the customer's id. What belongs to another customer is
not found. Routes without a lock are for anybody.

**Problems.** Everything that is refused is told as RFC 9457 \`application/problem+json\`. Program against \`code\`, which
is stable; \`type\` is a page that says what to do. New codes may come: treat one that you do not know by its status.
Members that only some problems have are listed with each.

**Trying again.** Every POST of a customer takes an \`Idempotency-Key\`. Send the same request with the same key until you
have an answer: its effect happens once. \`Retry-After\` says when it is worth trying.

**Values.** Money is a whole number of won. Times are RFC 3339 in UTC. Ids are positive integers. Lengths of texts count
UTF-16 code units, and texts are well-formed Unicode without NUL. Unknown fields of a body are refused; unknown parameters
of a query are ignored; fields of answers may be added at any time.

**Requests that reach no route** are answered as \`x-anywhere\` in this document says: ROUTE_NOT_FOUND, METHOD_NOT_ALLOWED
with \`Allow\`, and what is not HTTP at all. HEAD works wherever GET does, and OPTIONS everywhere.

Besides the headers that are listed, every answer has those that keep browsers careful (Content-Security-Policy,
Strict-Transport-Security, X-Content-Type-Options, X-Frame-Options and others), and, where pages of other origins are let in,
those of CORS.`;

/** What a sane request id looks like. */
const REQUEST_ID = { type: 'string', pattern: '^[\\w.:-]{1,128}$' };

const header = (description: string, schema: object, required = false) => ({
  description,
  ...(required ? { required } : {}),
  schema,
});
const text = { type: 'string' };

export const HEADERS = {
  'X-Request-Id': header(
    "The caller's own, when it sent a sane one, else a fresh one. Logs carry it too.",
    REQUEST_ID,
    true,
  ),
  'Cache-Control': header(
    'Whether, and for how long, the answer may be kept.',
    { ...text, examples: ['no-store'] },
    true,
  ),
  'Idempotency-Replayed': header('There when this is the first answer again.', { const: 'true' }),
  Location: header('Where the new thing is.', { type: 'string', format: 'uri-reference' }, true),
  ETag: header('Names this content; hand it back as `If-None-Match`.', text, true),
  Vary: header('What the answer depends on.', text, true),
  'Content-Encoding': header('How the body is compressed.', { enum: ['br', 'gzip'] }),
  'Retry-After': header(
    'In how many seconds it is worth trying again.',
    { type: 'integer', minimum: 1 },
    true,
  ),
  'RateLimit-Policy': header('How many requests there may be in how many seconds.', {
    ...text,
    examples: ['"customer";q=100;w=1'],
  }),
  RateLimit: header('How many of them are left.', { ...text, examples: ['"customer";r=99;t=1'] }),
  Allow: header('The methods that there are.', text, true),
  'WWW-Authenticate': header('How to authenticate.', text, true),
} as const;

export const PARAMETERS = {
  'X-Request-Id': {
    name: 'X-Request-Id',
    in: 'header',
    description: 'Your own id of this request; one that is not sane is replaced.',
    schema: REQUEST_ID,
  },
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for ' +
      '24 hours. Refusals of the shop are not remembered.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    example: 'order-8f14e45f',
  },
} as const;

export const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
} as const;
