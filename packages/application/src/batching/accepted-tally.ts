import type { Result } from '@jumun/domain';
import type { Answered } from './command.js';

/** What customers come for, by the name of the command. */
export type AcceptedCommand =
  'chargeWallet' | 'placeOrder' | 'payOrder' | 'cancelOrder' | 'issueCoupon';

/** How often a command was accepted; a first answer that was given again is not counted again. */
export type AcceptedCounts = Readonly<Record<AcceptedCommand, number>>;

/** Counts what customers got done. */
export class AcceptedTally {
  private readonly accepted: Record<AcceptedCommand, number> = {
    chargeWallet: 0,
    placeOrder: 0,
    payOrder: 0,
    cancelOrder: 0,
    issueCoupon: 0,
  };

  /** Counts what a command came to, where it is new; returns it. */
  note<Outcome extends Result<Answered<unknown>, unknown>>(
    command: AcceptedCommand,
    outcome: Outcome,
  ): Outcome {
    if (outcome.isOk() && !outcome.value.replayed) this.accepted[command] += 1;
    return outcome;
  }

  counts(): AcceptedCounts {
    return { ...this.accepted };
  }
}
