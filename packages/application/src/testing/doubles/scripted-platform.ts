import type { DataPlatform, PlatformAnswer, PlatformMessage } from '../../ports/data-platform.js';

/** What a platform does with a message. SILENT: it never answers, as to a sender that is killed meanwhile. */
export type PlatformMood = 'WELL' | 'BROKEN' | 'REFUSING' | 'LOSING_ANSWERS' | 'SILENT';

/** A message as the platform has got it. */
export interface PlatformReceipt extends PlatformMessage {
  readonly orderId: number;
  readonly sequence: number;
}

const answered = (status: number): PlatformAnswer => ({
  kind: 'ANSWERED',
  status,
  retryAfter: null,
});

/** A data platform that does as it is told, and keeps what it has taken. */
export class ScriptedPlatform implements DataPlatform {
  mood: PlatformMood = 'WELL';
  /** How often somebody tried. */
  attempts = 0;
  /** The most messages that were under way at a time, and those of one order. */
  most = 0;
  mostOfOrder = 0;
  readonly taken: PlatformReceipt[] = [];
  private readonly underWay: number[] = [];

  async send(message: PlatformMessage): Promise<PlatformAnswer> {
    const { data } = JSON.parse(message.body) as { data: { orderId: number; sequence: number } };
    const { mood } = this;
    this.attempts += 1;
    if (mood === 'SILENT') return new Promise(() => {});
    this.underWay.push(data.orderId);
    this.most = Math.max(this.most, this.underWay.length);
    const ofOrder = this.underWay.filter((each) => each === data.orderId).length;
    this.mostOfOrder = Math.max(this.mostOfOrder, ofOrder);
    await Promise.resolve();
    this.underWay.splice(this.underWay.indexOf(data.orderId), 1);
    if (mood === 'BROKEN') return answered(503);
    if (mood === 'REFUSING') return answered(422);
    this.taken.push({ ...message, orderId: data.orderId, sequence: data.sequence });
    return mood === 'WELL' ? answered(204) : { kind: 'UNREACHABLE', reason: 'connection broken' };
  }
}
