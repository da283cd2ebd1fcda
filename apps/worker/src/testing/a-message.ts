import { KnexUnitOfWork, type Database } from '@jumun/adapters';

/** Puts a message about an order in line, as its payment does. */
export const putInLine = (database: Database, orderId: number): Promise<void> =>
  new KnexUnitOfWork(database).run(({ deliveries }) => {
    type Message = Parameters<typeof deliveries.append>[0][number];
    const data = { orderId, sequence: 1 };
    const message = {
      id: 1,
      orderId,
      sequence: 1,
      type: 'jumun.order.completed.v1',
      payload: JSON.stringify({ type: 'jumun.order.completed.v1', data }),
      createdAt: Date.now(),
    };
    return deliveries.append([message as Message]);
  });
