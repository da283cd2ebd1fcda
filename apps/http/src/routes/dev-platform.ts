import type { PlatformReport, PlatformSimulator } from '@jumun/adapters';
import { instant, ok } from '@jumun/domain';
import { z } from 'zod';
import { simulatedPlatformSchema } from '../answer-schemas.js';
import { timeJson } from '../representation.js';
import { API } from './fields.js';
import { type Route, route } from './route.js';

const path = `${API}/dev/platform`;
const LONGEST_LATENCY_MS = 60_000;
const rate = z.number().min(0).max(1);

const behaviour = z.strictObject({
  down: z.boolean().exactOptional(),
  latencyMs: z.int().min(0).max(LONGEST_LATENCY_MS).exactOptional(),
  errorRate: rate.exactOptional(),
  timeoutRate: rate.exactOptional(),
  resetRate: rate.exactOptional(),
  duplicateRate: rate.exactOptional(),
});

const reportJson = ({ latest, ...report }: PlatformReport) => ({
  ...report,
  latest: latest.map(({ at, ...arrival }) => ({ ...arrival, receivedAt: timeJson(instant(at)) })),
});

/** What the simulated platform has received, and how it behaves. Only the embedded profile has it, beside its tokens. */
export const devPlatformRoutes = (simulator: PlatformSimulator): readonly Route[] => [
  route({
    method: 'GET',
    path,
    access: 'public',
    name: 'readDevPlatform',
    tag: 'Development',
    summary: 'What the simulated data platform has received; development only',
    status: 200,
    answer: simulatedPlatformSchema,
    refusals: ['ROUTE_NOT_FOUND'],
    handle: () => ok({ body: reportJson(simulator.report()) }),
  }),

  route({
    method: 'PATCH',
    path,
    access: 'public',
    name: 'changeDevPlatform',
    tag: 'Development',
    summary: 'Make the simulated data platform fail, slow or well again; development only',
    body: behaviour,
    status: 200,
    answer: simulatedPlatformSchema,
    refusals: ['ROUTE_NOT_FOUND'],
    handle: ({ body }) => {
      simulator.behave(body);
      return ok({ body: reportJson(simulator.report()) });
    },
  }),
];
