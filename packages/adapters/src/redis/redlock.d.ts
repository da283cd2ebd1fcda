/** What we use of bluebird 3.7, whose promises redlock has, and which comes without types. */
declare module 'bluebird' {
  type Scheduler = (call: () => void) => void;
  const bluebird: {
    /** Tells it how to call what waits for its promises; returns how it was told before. */
    readonly setScheduler: (schedule: Scheduler) => Scheduler;
  };
  export default bluebird;
}

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
