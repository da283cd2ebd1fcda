import type { Shop } from '@jumun/application';
import type { Job } from '../local/periodic-job.js';

/** What a worker does for the shop, in a process of its own or beside the HTTP app. */
export const shopJobs = (shop: Shop): readonly Job[] => [
  { name: 'expireOrders', intervalMs: 500, run: () => shop.expireOrders() },
  { name: 'forgetAnswers', intervalMs: 3_600_000, run: () => shop.forgetAnswers() },
];
