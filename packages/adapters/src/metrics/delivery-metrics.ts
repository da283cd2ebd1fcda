import type { MeasuredBacklog, RelayCounts } from '@jumun/application';
import { counter, type Family, gauge, seconds } from './family.js';

const MS_PER_SECOND = 1_000;

/** Of `DeliveryRelay.counts`. */
export const DELIVERY_METRICS: readonly Family<RelayCounts>[] = [
  gauge(
    'jumun_delivery_circuit_open',
    '1 while the data platform counts as away, and is only asked now and then',
    ({ circuit }) => (circuit === 'CLOSED' ? 0 : 1),
  ),
  counter(
    'jumun_delivery_circuit_opened_total',
    'Times that the data platform was found to be away',
    ({ opened }) => opened,
  ),
  gauge(
    'jumun_deliveries_in_flight',
    'Messages that are being sent, or whose outcome is being written down',
    ({ inFlight }) => inFlight,
  ),
  counter(
    'jumun_delivery_attempts_total',
    'Messages that were sent, each time that they were',
    ({ attempts }) => attempts,
  ),
  counter(
    'jumun_delivery_outcomes_total',
    'Attempts, by what became of them',
    ({ delivered, retried, failed, refused, stale, unsettled }) =>
      Object.entries({ delivered, retried, failed, refused, stale, unsettled }).map(
        ([outcome, count]) => [{ outcome }, count] as const,
      ),
  ),
  seconds(
    'jumun_delivery_answer_seconds',
    'How long the data platform took to answer',
    ({ answerMs }) => answerMs,
  ),
  seconds(
    'jumun_delivery_delay_seconds',
    "From a message's being written to its delivery",
    ({ delayMs }) => delayMs,
  ),
];

/** Of `Shop.counts().backlog`: told by whoever measures it. */
export const BACKLOG_METRICS: readonly Family<MeasuredBacklog | null>[] = [
  gauge(
    'jumun_deliveries_waiting',
    'Messages of all processes that are not delivered, by their status, when they were last counted',
    (backlog) =>
      backlog === null
        ? []
        : [
            [{ status: 'PENDING' }, backlog.pending],
            [{ status: 'FAILED' }, backlog.failed],
          ],
  ),
  gauge(
    'jumun_deliveries_oldest_seconds',
    'How old the oldest of them was then; 0 where there was none',
    (backlog) => {
      if (backlog === null) return [];
      const { oldestAt, measuredAt } = backlog;
      return oldestAt === null ? 0 : Math.max(0, measuredAt - oldestAt) / MS_PER_SECOND;
    },
  ),
];
