/**
 * Lets requests begin at the end of the event loop's turn in which they arrive, in the order of arrival, and only so many in
 * each turn. When a crowd asks at one moment, all of its requests are read in one turn; were they all begun in it, the
 * database's answer to the first would wait until the last is begun, and every customer for the last one.
 */
export class Turns {
  private waiting: (() => void)[] = [];
  private begun = 0;

  constructor(private readonly perTurn: number) {}

  /** Calls `begin` soon; it must not throw. */
  enter(begin: () => void): void {
    if (this.waiting.length === 0) setImmediate(this.turn);
    this.waiting.push(begin);
  }

  private readonly turn = (): void => {
    const end = Math.min(this.begun + this.perTurn, this.waiting.length);
    for (; this.begun < end; this.begun += 1) this.waiting[this.begun]?.();
    if (this.begun < this.waiting.length) {
      setImmediate(this.turn);
      return;
    }
    this.waiting = [];
    this.begun = 0;
  };
}
