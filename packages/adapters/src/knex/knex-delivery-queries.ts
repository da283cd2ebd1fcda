import type { Delivery, DeliveryId, DeliveryQueries, DeliveryStatus } from '@jumun/application';
import type { Database } from './database.js';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-rows.js';

const SELECT = `SELECT ${DELIVERY_COLUMNS.join(', ')} FROM deliveries`;

export class KnexDeliveryQueries implements DeliveryQueries {
  constructor(private readonly database: Database) {}

  async list(
    status: DeliveryStatus | null,
    before: DeliveryId | null,
    limit: number,
  ): Promise<readonly Delivery[]> {
    const older = before === null ? 'id > 0' : 'id < ?';
    const ofStatus = status === null ? '' : ' AND status = ?';
    const rows = await this.database.read((session) =>
      session.all<DeliveryRow>(
        `${SELECT} WHERE ${older}${ofStatus} ORDER BY id DESC LIMIT ?`,
        [before, status, limit].filter((value) => value !== null),
      ),
    );
    return rows.map(toDelivery);
  }
}
