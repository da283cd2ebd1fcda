import type { RollUp, Shop } from '@jumun/application';
import type { Job } from '../local/periodic-job.js';

export interface JobSettings {
  /** From one count of the sales to the next. */
  readonly statsIntervalSeconds: number;
  /** Hears what each count came to, and how long it took. */
  readonly onRollUp?: (rollUp: RollUp, milliseconds: number) => void;
}

/** What a worker does for the shop, in a process of its own or beside the HTTP app. */
export const shopJobs = (
  shop: Shop,
  { statsIntervalSeconds, onRollUp }: JobSettings,
): readonly Job[] => [
  { name: 'expireOrders', intervalMs: 500, run: () => shop.expireOrders() },
  { name: 'measureDeliveries', intervalMs: 5_000, run: () => shop.measureDeliveries() },
  { name: 'forgetAnswers', intervalMs: 3_600_000, run: () => shop.forgetAnswers() },
  {
    name: 'rollUpSales',
    intervalMs: statsIntervalSeconds * 1_000,
    run: async () => {
      const start = performance.now();
      const rollUp = await shop.rollUpSales();
      onRollUp?.(rollUp, Math.round(performance.now() - start));
    },
  },
];
