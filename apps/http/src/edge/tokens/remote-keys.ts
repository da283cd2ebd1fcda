import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

/** The issuer is asked for its keys again after so long, while whoever asks is still served with those that there are. */
const RENEW_AFTER_MS = 60_000;
/** After so long, everybody waits for the newer ones. So a key that the issuer has removed is trusted no longer than this. */
const GOOD_FOR_MS = 300_000;
/** An issuer that gave no answer, or not the key that was looked for, is not asked again before. */
const ASK_AGAIN_AFTER_MS = 10_000;
const ANSWER_WITHIN_MS = 3_000;

export interface RemoteKeysOptions {
  /** Milliseconds, of a clock that never goes back. */
  readonly steadyClock?: (() => number) | undefined;
  /** Hears once of each time that the issuer cannot be asked. */
  readonly onFault?: ((fault: unknown) => void) | undefined;
}

/**
 * The keys that an issuer publishes at a URL. They are kept for as long as the issuer cannot be asked: whoever has a token
 * of a known key is not sent away because of an outage that is not theirs.
 */
export class RemoteKeys {
  /** Finds the key of a token among those that were published last. */
  readonly find: JWTVerifyGetKey;
  private readonly published: ReturnType<typeof createRemoteJWKSet>;
  private readonly now: () => number;
  private readonly onFault: (fault: unknown) => void;
  private content = '';
  private changes = 0;
  private renewedAt = Number.NEGATIVE_INFINITY;
  private askedAt = Number.NEGATIVE_INFINITY;
  private asking: Promise<void> | undefined;
  private isAway = false;

  constructor(url: string, options: RemoteKeysOptions = {}) {
    this.now = options.steadyClock ?? (() => performance.now());
    this.onFault = options.onFault ?? (() => {});
    // When to ask is decided here: by itself jose would serve nobody once its keys are old and the issuer is away.
    this.published = createRemoteJWKSet(new URL(url), {
      cacheMaxAge: Number.POSITIVE_INFINITY,
      cooldownDuration: Number.POSITIVE_INFINITY,
      timeoutDuration: ANSWER_WITHIN_MS,
    });
    this.find = this.published;
  }

  /** How often they were found to be others than before. */
  get generation(): number {
    return this.changes;
  }

  /** Whether there are any; none can be known before the issuer was reached for the first time. */
  get areKnown(): boolean {
    return this.changes > 0;
  }

  /** Whether the issuer could not be asked when it was asked last. */
  get isIssuerAway(): boolean {
    return this.isAway;
  }

  /** What to wait for before the keys are used; undefined while they are fresh. Never rejects. */
  refresh(): Promise<void> | undefined {
    const age = this.now() - this.renewedAt;
    if (age < RENEW_AFTER_MS) return undefined;
    // An outage that we know of makes nobody wait.
    const isKnownToBeAway = this.isAway && this.now() - this.askedAt < RENEW_AFTER_MS;
    const asking = this.ask();
    return age < GOOD_FOR_MS || isKnownToBeAway ? undefined : asking;
  }

  /** Asks the issuer once more, because a key is looked for that is not there. Never rejects. */
  async lookAgain(): Promise<void> {
    await this.ask();
  }

  /** One question at a time, and none too soon after the one before. */
  private ask(): Promise<void> | undefined {
    if (this.asking !== undefined) return this.asking;
    if (this.now() - this.askedAt < ASK_AGAIN_AFTER_MS) return undefined;
    this.askedAt = this.now();
    this.asking = this.load().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async load(): Promise<void> {
    try {
      await this.published.reload();
      const content = JSON.stringify(this.published.jwks());
      if (content !== this.content) this.changes += 1;
      this.content = content;
      this.renewedAt = this.now();
      this.isAway = false;
    } catch (fault) {
      if (!this.isAway) this.onFault(fault);
      this.isAway = true;
    }
  }
}
