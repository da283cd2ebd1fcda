import type { DeliveryRepository, NewDelivery } from '@jumun/application';
import { DELIVERY_COLUMNS, toNewDeliveryRow } from './delivery-rows.js';
import { valuesOf } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

export class KnexDeliveryRepository implements DeliveryRepository {
  constructor(private readonly session: SqlSession) {}

  append(deliveries: readonly NewDelivery[]): Promise<void> {
    const rows = deliveries.map((each) => valuesOf(toNewDeliveryRow(each), DELIVERY_COLUMNS));
    return this.session.insertMany('deliveries', DELIVERY_COLUMNS, rows);
  }
}
