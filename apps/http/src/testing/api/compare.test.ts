import { describe, expect, it } from '@jest/globals';
import { breakingChanges } from './compare.js';
import { currentDocument } from './current-document.js';
import { type ApiDocument, readReference } from './document.js';

const document = currentDocument();

/** The document, changed where `edit` changes a copy of it. */
function after(edit: (copy: any) => void): ApiDocument {
  const copy = structuredClone(document);
  edit(copy);
  return copy;
}

const ORDERS = '/api/v1/orders';
type Edit = (copy: any) => void;

const BREAKING: readonly (readonly [what: string, edit: Edit, told: RegExp])[] = [
  [
    'a route that is gone',
    ({ paths }) => delete paths[ORDERS].get,
    /^GET \/api\/v1\/orders: the route is gone$/,
  ],
  [
    'a route that is for fewer',
    ({ paths }) => (paths['/api/v1/products'].get['x-access'] = 'customer'),
    /is for customer only/,
  ],
  ['another name', ({ paths }) => (paths[ORDERS].get.operationId = 'all'), /listOrders is now all/],
  [
    'a parameter that is gone',
    ({ paths }) => paths[ORDERS].get.parameters.splice(1, 1),
    /limit is gone/,
  ],
  [
    'a parameter that is newly required',
    ({ paths }) => (paths[ORDERS].get.parameters[0].required = true),
    /cursor is required/,
  ],
  [
    'a parameter with a lower limit',
    ({ paths }) => (paths[ORDERS].get.parameters[1].schema.maximum = 50),
    /limit: maximum 100 against 50/,
  ],
  [
    'a parameter that takes fewer words',
    ({ paths }) => paths['/api/v1/coupons'].get.parameters[0].schema.enum.pop(),
    /"EXPIRED" is not one of/,
  ],
  [
    'a required field of a body',
    ({ paths }) => bodyOf(paths[ORDERS].post).required.push('couponId'),
    /body: couponId: is required/,
  ],
  [
    'a field of a body that is gone',
    ({ paths }) => delete bodyOf(paths[ORDERS].post).properties.couponId,
    /body: couponId: is not known/,
  ],
  [
    'a narrower type in a body',
    ({ paths }) => (bodyOf(paths[ORDERS].post).properties.couponId = { type: 'integer' }),
    /couponId: null is not integer/,
  ],
  [
    'a narrower field of a line',
    ({ paths }) =>
      (bodyOf(paths[ORDERS].post).properties.items.items.properties.quantity.maximum = 9),
    /items\.\*\.quantity: maximum 999 against 9/,
  ],
  [
    'a shorter list',
    ({ paths }) => (bodyOf(paths[ORDERS].post).properties.items.maxItems = 5),
    /items: maxItems none against 5/,
  ],
  [
    'a body that is newly required',
    ({ paths }) => (paths[`${ORDERS}/{id}/payment`].post.requestBody.required = true),
    /a body is required/,
  ],
  [
    'a status that is gone',
    ({ paths }) => delete paths[ORDERS].post.responses['201'],
    /status 201 is gone/,
  ],
  [
    'a header that is gone',
    ({ paths }) => delete paths[ORDERS].post.responses['201'].headers.Location,
    /201: header Location is gone/,
  ],
  [
    'a header that is not always there',
    ({ components }) => (components.headers.Location.required = false),
    /Location is not always there/,
  ],
  [
    'a field of an answer that is gone',
    ({ components }) => drop(components.schemas.Order, 'total'),
    /201: total: may be missing/,
  ],
  [
    'a field of an answer that may be missing',
    ({ components }) => components.schemas.Order.required.pop(),
    /paymentId: may be missing/,
  ],
  [
    'a field of an answer that was there at times, and is gone',
    ({ components }) => delete components.schemas.WalletEntry.properties.orderId,
    /items\.\*\.orderId: is gone/,
  ],
  [
    'a new word in an answer',
    ({ components }) => components.schemas.Order.properties.status.enum.push('SHIPPED'),
    /status: "SHIPPED" is not one of/,
  ],
  [
    'a field of an answer that may be null',
    ({ components }) => (components.schemas.Order.properties.total.type = ['integer', 'null']),
    /total: null is not integer/,
  ],
  [
    'a number that is no longer whole',
    ({ components }) => (components.schemas.Order.properties.total.type = 'number'),
    /total: number is not integer/,
  ],
  [
    'another type of answer',
    ({ paths }) => rename(paths[ORDERS].post.responses['201'].content),
    /application\/json is gone/,
  ],
  [
    'a problem that is gone',
    ({ components }) =>
      components.responses.CouponNotFoundOrProductNotFound.content[
        'application/problem+json'
      ].schema.anyOf.pop(),
    /404: \w+NotFoundProblem is gone/,
  ],
  [
    'a member of a problem that is gone',
    ({ components }) => drop(components.schemas.OutOfStockProblem, 'alternatives'),
    /OutOfStockProblem: alternatives: may be missing/,
  ],
  ['an event that is gone', ({ paths }) => delete eventsOf(paths).trend, /event trend is gone/],
];

const HARMLESS: readonly (readonly [what: string, edit: Edit])[] = [
  ['nothing', () => {}],
  ['a new route', ({ paths }) => (paths['/api/v1/new'] = paths[ORDERS])],
  [
    'a parameter that may be left out',
    ({ paths }) => paths[ORDERS].get.parameters.push({ name: 'q', in: 'query', schema: {} }),
  ],
  ['a higher limit', ({ paths }) => (paths[ORDERS].get.parameters[1].schema.maximum = 500)],
  [
    'a field of a body that may be left out',
    ({ paths }) => (bodyOf(paths[ORDERS].post).properties.note = { type: 'string' }),
  ],
  [
    'a new field of an answer',
    ({ components }) => (components.schemas.Order.properties.note = { type: 'string' }),
  ],
  [
    'a field of an answer that is always there now',
    ({ components }) => components.schemas.WalletEntry.required.push('orderId'),
  ],
  ['a new problem', ({ paths }) => (paths[ORDERS].get.responses['423'] = { description: '' })],
  ['other words', ({ paths }) => (paths[ORDERS].get.summary = 'All of them')],
];

const bodyOf = (operation: any): any => operation.requestBody.content['application/json'].schema;
const eventsOf = (paths: any): any =>
  paths['/api/v1/products/popular/events'].get.responses['200'].content['text/event-stream'][
    'x-events'
  ];

function drop(schema: any, name: string): void {
  delete schema.properties[name];
  schema.required = schema.required.filter((each: string) => each !== name);
}

function rename(content: any): void {
  content['application/xml'] = content['application/json'];
  delete content['application/json'];
}

describe('A change of the API', () => {
  it.each(BREAKING)('breaks clients when it is %s', (_what, edit, told) => {
    expect(breakingChanges(document, after(edit))).toContainEqual(expect.stringMatching(told));
  });

  it.each(HARMLESS)('breaks nobody when it is %s', (_what, edit) => {
    expect(breakingChanges(document, after(edit))).toEqual([]);
  });
});

describe('The API since its last release', () => {
  interface Accepted {
    readonly change: string;
    readonly reason: string;
  }
  const released = JSON.parse(readReference('openapi-released.json')) as ApiDocument;
  const accepted = JSON.parse(readReference('accepted-api-changes.json')) as readonly Accepted[];

  it('breaks clients only where accepted-api-changes.json says so, and lists nothing else', () => {
    expect(breakingChanges(released, document).toSorted()).toEqual(
      accepted.map(({ change }) => change).toSorted(),
    );
  });

  it('is broken for a reason each time', () => {
    for (const { change, reason } of accepted) {
      expect(change).toMatch(/\S/);
      expect(reason).toMatch(/\S.{10,}/);
    }
  });
});
