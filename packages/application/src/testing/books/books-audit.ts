/**
 * The whole store as plain numbers and words, so that anything can fill it in: the in-memory store, the ports (see
 * `readBooks`), or a few SELECTs.
 */
export interface BooksAudit {
  readonly stocks: readonly AuditedStock[];
  readonly wallets: readonly AuditedWallet[];
  readonly entries: readonly AuditedEntry[];
  readonly orders: readonly AuditedOrder[];
  readonly coupons: readonly AuditedCoupon[];
  readonly campaigns: readonly AuditedCampaign[];
  /** Sales records; null when the reader cannot see them. */
  readonly sales: readonly AuditedSale[] | null;
  /** What the sales statistics have counted; null when the reader cannot see it. */
  readonly sums: readonly AuditedSum[] | null;
  readonly deliveries: readonly AuditedDelivery[];
}

export interface AuditedStock {
  readonly productId: number;
  readonly onHand: number;
  readonly reserved: number;
  /** Every piece ever put on the shelf: the opening stock and all that was restocked. */
  readonly shelved: number;
}

export interface AuditedWallet {
  readonly userId: number;
  readonly balance: number;
  /** How many ledger entries the wallet says it has. */
  readonly entries: number;
}

export interface AuditedEntry {
  readonly userId: number;
  readonly sequence: number;
  readonly kind: 'CHARGE' | 'PAYMENT' | 'REFUND';
  /** Signed won. */
  readonly amount: number;
  readonly balanceAfter: number;
  readonly orderId: number | null;
}

export interface AuditedOrder {
  readonly id: number;
  readonly userId: number;
  readonly status: 'PENDING' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED';
  /** Whether it was ever paid: a COMPLETED order is, a CANCELLED one may have been. */
  readonly paid: boolean;
  readonly total: number;
  readonly couponId: number | null;
  readonly lines: readonly { readonly productId: number; readonly quantity: number }[];
}

export interface AuditedCoupon {
  readonly id: number;
  readonly campaignId: number;
  readonly userId: number;
  readonly issueNumber: number;
  readonly status: 'AVAILABLE' | 'RESERVED' | 'USED';
  /** The order that holds or used it. */
  readonly orderId: number | null;
}

export interface AuditedCampaign {
  readonly id: number;
  readonly totalQuantity: number;
  readonly issued: number;
}

export interface AuditedSale {
  readonly orderId: number;
  readonly productId: number;
  readonly day: number;
  readonly quantity: number;
  readonly revenue: number;
  /** Whether it is in the sums. */
  readonly isCounted: boolean;
}

/** What was sold of one product on one day. */
export interface AuditedSum {
  readonly day: number;
  readonly productId: number;
  readonly quantity: number;
  readonly revenue: number;
}

/** A message about an order for the data platform. */
export interface AuditedDelivery {
  readonly orderId: number;
  readonly sequence: number;
  readonly type: string;
}

/** Every rule between the books that is broken, as a sentence; none when the books are right. */
export function auditBooks(books: BooksAudit): readonly string[] {
  return [
    ...auditStocks(books),
    ...auditLedgers(books),
    ...auditOrderEntries(books),
    ...auditCoupons(books),
    ...auditCampaigns(books),
    ...(books.sales === null ? [] : auditSales(books.orders, books.sales)),
    ...(books.sales === null || books.sums === null ? [] : auditSums(books.sales, books.sums)),
    ...auditDeliveries(books),
  ];
}

function* auditStocks({ stocks, orders }: BooksAudit): Iterable<string> {
  const held = piecesOf(orders, 'PENDING');
  const posted = piecesOf(orders, 'COMPLETED');
  const known = new Set(stocks.map(({ productId }) => productId));
  for (const productId of new Set([...held.keys(), ...posted.keys()])) {
    if (!known.has(productId)) yield `product ${productId} was ordered and has no stock`;
  }
  for (const { productId, onHand, reserved, shelved } of stocks) {
    const pending = held.get(productId) ?? 0;
    const sold = posted.get(productId) ?? 0;
    if (reserved !== pending) {
      yield `product ${productId}: ${reserved} pieces are reserved, PENDING orders hold ${pending}`;
    }
    if (onHand + sold !== shelved) {
      yield `product ${productId}: ${onHand} pieces on hand and ${sold} sold, ${shelved} were ever shelved`;
    }
    if (reserved < 0 || reserved > onHand) {
      yield `product ${productId}: ${reserved} pieces are reserved of ${onHand} on hand`;
    }
  }
}

function* auditLedgers({ wallets, entries }: BooksAudit): Iterable<string> {
  const ledgers = groupBy(entries, ({ userId }) => userId);
  const owners = new Set(wallets.map(({ userId }) => userId));
  for (const userId of ledgers.keys()) {
    if (!owners.has(userId)) yield `customer ${userId} has ledger entries and no wallet`;
  }
  for (const { userId, balance, entries: count } of wallets) {
    const ledger = (ledgers.get(userId) ?? []).toSorted((a, b) => a.sequence - b.sequence);
    if (ledger.length !== count) {
      yield `customer ${userId}: the wallet counts ${count} entries, the ledger has ${ledger.length}`;
    }
    let running = 0;
    for (const [at, { sequence, amount, balanceAfter }] of ledger.entries()) {
      running += amount;
      if (sequence !== at + 1)
        yield `customer ${userId}: entry ${at + 1} has the number ${sequence}`;
      if (balanceAfter !== running) {
        yield `customer ${userId}: after entry ${sequence} the balance is ${running}, not ${balanceAfter}`;
      }
      if (running < 0) yield `customer ${userId}: entry ${sequence} overdraws the wallet`;
    }
    if (balance !== running) {
      yield `customer ${userId}: the balance is ${balance}, the entries sum up to ${running}`;
    }
  }
}

function* auditOrderEntries({ orders, entries }: BooksAudit): Iterable<string> {
  const byOrder = groupBy(entries, ({ orderId }) => orderId);
  const known = new Set(orders.map(({ id }) => id));
  for (const { kind, userId, sequence, orderId } of entries) {
    if ((kind === 'CHARGE') !== (orderId === null) || (orderId !== null && !known.has(orderId))) {
      yield `customer ${userId}: entry ${sequence}, a ${kind}, names order ${orderId}`;
    }
  }
  for (const { id, userId, status, paid, total } of orders) {
    const own = byOrder.get(id) ?? [];
    const refunded = paid && status === 'CANCELLED';
    yield* auditEntriesOf(id, own, 'PAYMENT', paid, -total);
    yield* auditEntriesOf(id, own, 'REFUND', refunded, total);
    if (paid !== (status === 'COMPLETED' || refunded)) yield `order ${id} is ${status} and paid`;
    if (own.some((entry) => entry.userId !== userId)) {
      yield `order ${id} of customer ${userId} moved another customer’s money`;
    }
  }
}

function* auditEntriesOf(
  orderId: number,
  entries: readonly AuditedEntry[],
  kind: AuditedEntry['kind'],
  isDue: boolean,
  amount: number,
): Iterable<string> {
  const found = entries.filter((entry) => entry.kind === kind);
  const due = isDue ? 1 : 0;
  if (found.length !== due) {
    yield `order ${orderId} has ${found.length} ${kind} entries, not ${due}`;
  }
  if (found.some((entry) => entry.amount !== amount)) {
    yield `order ${orderId} has a ${kind} entry of another amount than ${amount}`;
  }
}

function* auditCoupons({ coupons, orders }: BooksAudit): Iterable<string> {
  const ordersById = new Map(orders.map((order) => [order.id, order]));
  const couponsById = new Map(coupons.map((coupon) => [coupon.id, coupon]));
  for (const { id, userId, status, orderId } of coupons) {
    if ((status === 'AVAILABLE') !== (orderId === null)) {
      yield `coupon ${id} is ${status} and names order ${orderId}`;
    }
    if (orderId === null) continue;
    const order = ordersById.get(orderId);
    const expected = status === 'USED' ? 'COMPLETED' : 'PENDING';
    if (order?.couponId !== id || order.status !== expected) {
      yield `coupon ${id} is ${status} by order ${orderId}, which is ${order?.status} with coupon ${order?.couponId}`;
    } else if (order.userId !== userId) {
      yield `coupon ${id} of customer ${userId} is on order ${orderId} of customer ${order.userId}`;
    }
  }
  for (const { id, status, couponId } of orders) {
    if (couponId === null || status === 'CANCELLED' || status === 'EXPIRED') continue;
    const coupon = couponsById.get(couponId);
    const expected = status === 'COMPLETED' ? 'USED' : 'RESERVED';
    if (coupon?.orderId !== id || coupon.status !== expected) {
      yield `order ${id} is ${status}, and its coupon ${couponId} is ${coupon?.status} by order ${coupon?.orderId}`;
    }
  }
}

function* auditCampaigns({ campaigns, coupons }: BooksAudit): Iterable<string> {
  const issuedBy = groupBy(coupons, ({ campaignId }) => campaignId);
  const known = new Set(campaigns.map(({ id }) => id));
  for (const id of issuedBy.keys()) {
    if (!known.has(id)) yield `campaign ${id} has coupons and is not there`;
  }
  for (const { id, totalQuantity, issued } of campaigns) {
    const own = issuedBy.get(id) ?? [];
    const numbers = own.map(({ issueNumber }) => issueNumber).toSorted((a, b) => a - b);
    if (own.length !== issued) {
      yield `campaign ${id} counts ${issued} issued, and there are ${own.length} coupons`;
    }
    if (numbers.some((number, at) => number !== at + 1)) {
      yield `campaign ${id}: issue numbers run 1 to ${numbers.length} without a gap, not ${numbers.join()}`;
    }
    if (issued > totalQuantity) yield `campaign ${id} issued ${issued} of ${totalQuantity}`;
    if (new Set(own.map(({ userId }) => userId)).size !== own.length) {
      yield `campaign ${id} gave one customer two coupons`;
    }
  }
}

function* auditSales(
  orders: readonly AuditedOrder[],
  sales: readonly AuditedSale[],
): Iterable<string> {
  const byOrder = groupBy(sales, ({ orderId }) => orderId);
  const known = new Set(orders.map(({ id }) => id));
  for (const id of byOrder.keys())
    if (!known.has(id)) yield `sales of order ${id}, which is not there`;
  for (const { id, status, total, lines } of orders) {
    const own = byOrder.get(id) ?? [];
    const counts = status === 'COMPLETED';
    const revenue = own.reduce((sum, sale) => sum + sale.revenue, 0);
    if (revenue !== (counts ? total : 0)) {
      yield `order ${id} is ${status} over ${total} won, and ${revenue} won of it are counted as sold`;
    }
    for (const { productId, quantity } of lines) {
      const sold = own
        .filter((sale) => sale.productId === productId)
        .reduce((sum, sale) => sum + sale.quantity, 0);
      if (sold !== (counts ? quantity : 0)) {
        yield `order ${id} is ${status} with ${quantity} of product ${productId}, and ${sold} are counted as sold`;
      }
    }
  }
}

/** Each record that is marked as counted is in the sum of its day and product, once, and nothing else is. */
function* auditSums(sales: readonly AuditedSale[], sums: readonly AuditedSum[]): Iterable<string> {
  const keyOf = ({ day, productId }: AuditedSum): string => `product ${productId} on ${day}`;
  const counted = groupBy(
    sales.filter(({ isCounted }) => isCounted),
    keyOf,
  );
  const found = groupBy(sums, keyOf);
  for (const key of new Set([...counted.keys(), ...found.keys()])) {
    const [pieces, won] = totalOf(counted.get(key) ?? []);
    const [countedPieces, countedWon] = totalOf(found.get(key) ?? []);
    if (pieces !== countedPieces || won !== countedWon) {
      yield `${key}: ${countedPieces} pieces for ${countedWon} won are in the statistics, ${pieces} for ${won} were counted`;
    }
  }
}

const totalOf = (
  rows: readonly Pick<AuditedSum, 'quantity' | 'revenue'>[],
): readonly [pieces: number, won: number] => [
  rows.reduce((total, { quantity }) => total + quantity, 0),
  rows.reduce((total, { revenue }) => total + revenue, 0),
];

/** Whoever was paid is told of as completed, and then, where it was refunded, as cancelled. */
function* auditDeliveries({ orders, deliveries }: BooksAudit): Iterable<string> {
  const byOrder = groupBy(deliveries, ({ orderId }) => orderId);
  const known = new Set(orders.map(({ id }) => id));
  for (const id of byOrder.keys())
    if (!known.has(id)) yield `the platform is told of order ${id}, which is not there`;
  for (const { id, status, paid } of orders) {
    const told = (byOrder.get(id) ?? [])
      .toSorted((a, b) => a.sequence - b.sequence)
      .map(({ sequence, type }) => `${sequence} ${type}`);
    const due = [
      ...(paid ? ['1 jumun.order.completed.v1'] : []),
      ...(paid && status === 'CANCELLED' ? ['2 jumun.order.cancelled.v1'] : []),
    ];
    if (told.join() !== due.join()) {
      yield `the platform is told of order ${id}: [${told.join()}], not [${due.join()}]`;
    }
  }
}

function piecesOf(
  orders: readonly AuditedOrder[],
  status: AuditedOrder['status'],
): ReadonlyMap<number, number> {
  const pieces = new Map<number, number>();
  for (const order of orders.filter((each) => each.status === status)) {
    for (const { productId, quantity } of order.lines) {
      pieces.set(productId, (pieces.get(productId) ?? 0) + quantity);
    }
  }
  return pieces;
}

function groupBy<Row, Key>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
