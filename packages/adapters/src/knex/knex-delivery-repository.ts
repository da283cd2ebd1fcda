import type {
  Delivery,
  DeliveryId,
  DeliveryProgress,
  DeliveryRepository,
  DeliveryStanding,
  DeliveryStatus,
  HeldDelivery,
  NewDelivery,
} from '@jumun/application';
import type { Instant, OrderId } from '@jumun/domain';
import {
  DELIVERY_COLUMNS,
  type DeliveryRow,
  HELD_COLUMNS,
  type HeldRow,
  PROGRESS_COLUMNS,
  toDelivery,
  toHeldDelivery,
  toNewDeliveryRow,
  toProgressRow,
} from './delivery-rows.js';
import { ascending, valuesOf } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

const TABLE = 'deliveries';

export class KnexDeliveryRepository implements DeliveryRepository {
  constructor(private readonly session: SqlSession) {}

  append(deliveries: readonly NewDelivery[]): Promise<void> {
    const rows = deliveries.map((each) => valuesOf(toNewDeliveryRow(each), DELIVERY_COLUMNS));
    return this.session.insertMany(TABLE, DELIVERY_COLUMNS, rows);
  }

  async lockDue(
    status: Exclude<DeliveryStatus, 'DELIVERED'>,
    by: Instant,
    limit: number,
  ): Promise<readonly Delivery[]> {
    const rows = await this.session.selectFree<DeliveryRow>(
      {
        columns: DELIVERY_COLUMNS,
        table: TABLE,
        index: 'deliveries_by_status',
        where: `status = '${status}' AND next_attempt_at <= ?`,
        values: [by],
        orderBy: 'next_attempt_at, id',
      },
      limit,
    );
    return rows.map(toDelivery);
  }

  async findUndelivered(orderIds: readonly OrderId[]): Promise<readonly DeliveryStanding[]> {
    const rows = await this.session.selectByKeys<HeldRow>(
      {
        select: `SELECT ${HELD_COLUMNS.join(', ')} FROM ${TABLE}`,
        key: ['order_id'],
        and: `status <> 'DELIVERED'`,
      },
      ascending(orderIds),
    );
    return rows.map(({ order_id: orderId, sequence, status }) => ({ orderId, sequence, status }));
  }

  lease(ids: readonly DeliveryId[], until: Instant): Promise<void> {
    const set = `attempts = attempts + 1, status = 'PENDING', next_attempt_at = ${until}`;
    return this.session.setMany(TABLE, set, ['id'], ascending(ids));
  }

  postpone(ids: readonly DeliveryId[], until: Instant): Promise<void> {
    return this.session.setMany(TABLE, `next_attempt_at = ${until}`, ['id'], ascending(ids));
  }

  async lockMany(ids: readonly DeliveryId[]): Promise<ReadonlyMap<DeliveryId, HeldDelivery>> {
    const select = `SELECT ${HELD_COLUMNS.join(', ')} FROM ${TABLE}`;
    const query = { select, key: ['id'], lock: true };
    const rows = await this.session.selectByKeys<HeldRow>(query, ascending(ids));
    return new Map(rows.map((row) => [row.id, toHeldDelivery(row)]));
  }

  saveMany(deliveries: readonly DeliveryProgress[]): Promise<void> {
    const columns = [...PROGRESS_COLUMNS, 'id'];
    const rows = deliveries.map((each) => valuesOf(toProgressRow(each), columns));
    return this.session.updateMany(TABLE, PROGRESS_COLUMNS, 'id', rows);
  }

  release(orderIds: readonly OrderId[], at: Instant): Promise<void> {
    const and = `${TABLE}.sequence > 1 AND ${TABLE}.status <> 'DELIVERED'
      AND ${TABLE}.next_attempt_at > ${at}`;
    const keys = ascending(orderIds);
    return this.session.setAny(TABLE, `next_attempt_at = ${at}`, ['order_id'], keys, and);
  }

  async lockFailed(after: DeliveryId | null, limit: number): Promise<readonly HeldDelivery[]> {
    const rows = await this.session.selectFree<HeldRow>(
      {
        columns: HELD_COLUMNS,
        table: TABLE,
        index: 'deliveries_by_status_id',
        where: `status = 'FAILED' AND id > ?`,
        values: [after ?? 0],
        orderBy: 'id',
      },
      limit,
    );
    return rows.map(toHeldDelivery);
  }
}
