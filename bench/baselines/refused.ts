import type { Refusal } from '@jumun/application';

/** A refusal on its way out of a transaction, which is rolled back by it. */
export class Refused<Reason extends Refusal> extends Error {
  override readonly name = 'Refused';
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.code);
    this.reason = reason;
  }
}
