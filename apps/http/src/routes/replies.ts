import type { Answered } from '@jumun/application';
import { ok } from '@jumun/domain';
import type { Exchange } from '../edge/exchange.js';
import type { PreparedAnswer } from '../edge/prepared-answer.js';
import type { ContentReply } from './route.js';

/** Makes a read's result the body. */
export const shown =
  <Value, Shown extends object>(represent: (value: Value) => Shown) =>
  (value: Value): ContentReply<Shown> => ({ body: represent(value) });

/** Makes a command's answer the body, and tells when it is the first answer again. */
export const done =
  <Value, Shown extends object>(
    represent: (value: Value) => Shown,
    locate?: (value: Value) => string,
  ) =>
  ({ answer, replayed }: Answered<Value>): ContentReply<Shown> => ({
    body: represent(answer),
    headers: {
      ...(locate === undefined ? {} : { Location: locate(answer) }),
      ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}),
    },
  });

/** Sends what was prepared, compressed from the first time on. */
export const sent = async (answer: PreparedAnswer) => {
  await answer.compress();
  return ok({ takeOver: (exchange: Exchange) => answer.send(exchange) });
};
