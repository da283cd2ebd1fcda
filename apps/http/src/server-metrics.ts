import { counter, type Family, gauge, seconds } from '@jumun/adapters';
import type { ServerCounts } from './server-counts.js';

/** Of `HttpServer.counts`. */
export const SERVER_METRICS: readonly Family<ServerCounts>[] = [
  counter(
    'jumun_http_requests_total',
    'Requests, by the pattern of their route, method and status of the answer',
    ({ requests }) =>
      requests.routes.flatMap(({ route, method, byStatus }) =>
        byStatus.map(([status, count]) => [{ route, method, status }, count] as const),
      ),
  ),
  seconds(
    'jumun_http_request_duration_seconds',
    'From the arrival of a request to its answer, by route and method',
    ({ requests }) =>
      requests.routes.map(({ route, method, tookMs }) => [{ route, method }, tookMs] as const),
  ),
  gauge(
    'jumun_http_requests_in_flight',
    'Requests that are being answered now',
    ({ requests }) => requests.inFlight,
  ),
  gauge(
    'jumun_http_connections',
    'Connections of clients that are open now',
    ({ connections }) => connections,
  ),
  counter(
    'jumun_http_malformed_total',
    'What came over a connection and never became a request',
    ({ malformed }) => malformed,
  ),
  counter(
    'jumun_popular_answers_ahead_total',
    'Requests for popular products that were answered with prepared bytes, ahead of everything else',
    ({ popular }) => popular.ahead,
  ),
  counter(
    'jumun_popular_answers_prepared_total',
    'Answers of popular products that were prepared',
    ({ popular }) => popular.prepared,
  ),
  gauge(
    'jumun_popular_answers_kept',
    'Prepared answers of popular products that are kept now',
    ({ popular }) => popular.kept,
  ),
  gauge(
    'jumun_event_streams',
    'Streams of events that are open now',
    ({ streams }) => streams.open,
  ),
  counter(
    'jumun_event_messages_total',
    'Messages on streams of events, each once for every stream',
    ({ streams }) => streams.sent,
  ),
  counter(
    'jumun_event_streams_cut_off_total',
    'Streams of events that were cut off because their readers were too slow',
    ({ streams }) => streams.cutOff,
  ),
];
