import type { LoopReport, ReadingLoop } from './crowd-tasks.ts';
import { LatencyMeter } from './latency.ts';
import { atRate, withoutPause } from './load-paces.ts';
import { MeanMeter } from './mean-meter.ts';
import { pageRequest } from './page-request.ts';
import type { Wire } from './wire.ts';

export async function loop(
  wires: readonly Wire[],
  { pages, perSecond, warmUpSeconds, seconds }: ReadingLoop,
): Promise<LoopReport> {
  const requests = await Promise.all(pages.map(pageRequest));
  const meter = new MeanMeter();
  const lateness = new LatencyMeter();
  let [next, bytes, done, wrong] = [0, 0, 0, 0];
  let firstWrong: string | null = null;
  const from = performance.now() + warmUpSeconds * 1_000;
  const to = from + seconds * 1_000;
  const isWithin = (time: number): boolean => time >= from && time < to;

  const read = async (wire: Wire, due: number): Promise<void> => {
    const request = requests[next++ % requests.length];
    if (request === undefined) return;
    const answer = await wire.ask(request.bytes);
    const complaint = request.wrongIn(answer);
    if (complaint !== null) {
      wrong += 1;
      firstWrong ??= complaint;
    }
    const answered = performance.now();
    if (isWithin(due)) meter.record(answered - due);
    if (isWithin(answered)) {
      done += 1;
      bytes += answer.body.length;
    }
  };
  let notSent = 0;
  if (perSecond === undefined) await withoutPause(wires, read, to);
  else {
    notSent = await atRate(wires, read, perSecond, { from, to }, (due) => {
      if (isWithin(due)) lateness.record(performance.now() - due);
    });
  }
  return {
    perSecond: done / seconds,
    latency: meter.latency,
    bytes: bytes / done,
    wrong,
    firstWrong,
    lateness: lateness.latency,
    notSent,
  };
}
