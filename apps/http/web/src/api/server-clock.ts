/**
 * The server's time, learnt from the header Date of its answers: whether a hold or a campaign is over is judged there, and a
 * person's own clock may be minutes off. Date is in whole seconds and says when the answer was made, which lies between sending
 * and receiving: so every answer gives a range for the difference of the clocks, and the ranges of several answers narrow it.
 */
export class ServerClock {
  private least = Number.NEGATIVE_INFINITY;
  private most = Number.POSITIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  /** An answer that came straight from the server (none that a cache kept): its Date, and when it was asked for and received. */
  learn(date: string | null, sentAt: number, receivedAt: number): void {
    const second = Date.parse(date ?? '');
    if (Number.isNaN(second)) return;
    const least = second - receivedAt;
    const most = second + 1_000 - sentAt;
    const isAnotherTime = least > this.most || most < this.least;
    // A clock was set, or the machine slept: what was learnt before is worth nothing.
    this.least = isAnotherTime ? least : Math.max(this.least, least);
    this.most = isAnotherTime ? most : Math.min(this.most, most);
  }

  /** Milliseconds since 1970 by the server; by the device's own clock until something was learnt. */
  time(): number {
    const isKnown = Number.isFinite(this.least) && Number.isFinite(this.most);
    return this.now() + (isKnown ? (this.least + this.most) / 2 : 0);
  }
}
