import { POPULAR_DEFAULTS, POPULAR_LIMITS } from '@jumun/application';
import { z } from 'zod';
import { queryInteger } from '../routes/fields.js';

/** What may be asked of the popular products, in the page and in the stream of events. */
export const popularQuery = z.object({
  days: queryInteger(1, POPULAR_LIMITS.days, POPULAR_DEFAULTS.days),
  limit: queryInteger(1, POPULAR_LIMITS.limit, POPULAR_DEFAULTS.limit),
  sort: z.enum(['quantity', 'revenue']).default(POPULAR_DEFAULTS.sort),
});
