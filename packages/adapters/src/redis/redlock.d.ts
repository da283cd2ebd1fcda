/** What we use of redlock 4.2, which comes without types. */
declare module 'redlock' {
  type Answer = (fault: Error | null, answer?: unknown) => void;
  interface Client {
    evalsha(hash: string, args: (string | number)[], answer: Answer): unknown;
    eval(args: (string | number)[], answer: Answer): unknown;
  }
  interface Hold {
    /** On the clock of `Date.now()`. */
    readonly expiration: number;
    unlock(): PromiseLike<void>;
  }
  export default class Redlock {
    constructor(clients: Client[], options: { retryCount: number });
    lock(keys: string[], ttlMs: number): PromiseLike<Hold>;
  }
}
