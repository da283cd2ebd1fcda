import type { Answered } from '@jumun/application';
import type { ContentReply } from './route.js';

/** Makes a read's result the body. */
export const shown =
  <Value>(represent: (value: Value) => object) =>
  (value: Value): ContentReply => ({ body: represent(value) });

/** Makes a command's answer the body, and tells when it is the first answer again. */
export const done =
  <Value>(represent: (value: Value) => object, locate?: (value: Value) => string) =>
  ({ answer, replayed }: Answered<Value>): ContentReply => ({
    body: represent(answer),
    headers: {
      ...(locate === undefined ? {} : { Location: locate(answer) }),
      ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}),
    },
  });
