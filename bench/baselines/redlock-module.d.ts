/** What is used here of redlock 4.2, which comes without types. */
declare module 'redlock' {
  interface Hold {
    unlock(): PromiseLike<void>;
  }
  interface Options {
    readonly retryCount: number;
    readonly retryDelay: number;
    readonly retryJitter: number;
  }
  export default class Redlock {
    constructor(clients: object[], options: Options);
    lock(keys: string | string[], ttlMs: number): PromiseLike<Hold>;
  }
}
