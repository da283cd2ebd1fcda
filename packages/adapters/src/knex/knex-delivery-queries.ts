import type {
  Delivery,
  DeliveryBacklog,
  DeliveryId,
  DeliveryQueries,
  DeliveryStatus,
} from '@jumun/application';
import { type Instant, instant } from '@jumun/domain';
import type { Database } from './database.js';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-rows.js';
import type { SqlSession } from './sql-session.js';

const SELECT = `SELECT ${DELIVERY_COLUMNS.join(', ')} FROM deliveries`;

/** Ids are given in blocks, so the oldest message has nearly the lowest id, and is among so many. */
const AMONG_LOWEST_IDS = 1_000;

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

  backlog(): Promise<DeliveryBacklog> {
    return this.database.read(async (session) => {
      const [pending, failed] = [await left(session, 'PENDING'), await left(session, 'FAILED')];
      const ages = [pending.oldestAt, failed.oldestAt].filter((at) => at !== null);
      return {
        pending: pending.count,
        failed: failed.count,
        oldestAt: ages.length === 0 ? null : instant(Math.min(...ages)),
      };
    });
  }
}

async function left(
  session: SqlSession,
  status: 'PENDING' | 'FAILED',
): Promise<{ readonly count: number; readonly oldestAt: Instant | null }> {
  const [counted] = await session.all<{ count: number }>(
    'SELECT COUNT(*) AS count FROM deliveries WHERE status = ?',
    [status],
  );
  const [oldest] = await session.all<{ at: Instant | null }>(
    `SELECT MIN(created_at) AS at FROM
     (SELECT created_at FROM deliveries WHERE status = ? ORDER BY id LIMIT ?) AS lowest`,
    [status, AMONG_LOWEST_IDS],
  );
  return { count: counted?.count ?? 0, oldestAt: oldest?.at ?? null };
}
