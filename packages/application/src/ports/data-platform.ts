import type { Instant } from '@jumun/domain';

/** A message as it is sent once. */
export interface PlatformMessage {
  /** The same however often the message is sent: the receiver knows by it what it has already. */
  readonly id: string;
  /** The very bytes that are signed and sent. */
  readonly body: string;
  /** When this attempt is made. */
  readonly at: Instant;
}

/** What came of sending a message once. */
export type PlatformAnswer =
  | {
      readonly kind: 'ANSWERED';
      /** Of HTTP. */
      readonly status: number;
      /** The header of that name, as it stands there. */
      readonly retryAfter: string | null;
    }
  | {
      readonly kind: 'UNREACHABLE';
      /** In a few words, without addresses, secrets or content. */
      readonly reason: string;
    };

/** The data platform: whoever wants to hear of orders. */
export interface DataPlatform {
  /** Takes a bounded time and never rejects: that nobody answers is an answer too. */
  send(message: PlatformMessage): Promise<PlatformAnswer>;
}
