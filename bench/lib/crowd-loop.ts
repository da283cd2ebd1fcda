import type { LoopReport, Page, ReadingLoop } from './crowd-tasks.ts';
import { MeanMeter } from './mean-meter.ts';
import { mintToken } from './tokens.ts';
import { bytesOf, type Wire } from './wire.ts';

const SHOWN_AT_MOST = 200;

interface Reading {
  readonly request: Buffer;
  readonly page: Page;
  readonly begins: Buffer;
}

export async function loop(
  wires: readonly Wire[],
  { pages, warmUpSeconds, seconds }: ReadingLoop,
): Promise<LoopReport> {
  const readings = await Promise.all(pages.map(readingOf));
  const meter = new MeanMeter();
  let [next, bytes, wrong] = [0, 0, 0];
  let firstWrong: string | null = null;
  const from = performance.now() + warmUpSeconds * 1_000;
  const to = from + seconds * 1_000;

  const keepReading = async (wire: Wire): Promise<void> => {
    for (let asked = performance.now(); asked < to;) {
      const reading = readings[next++ % readings.length];
      if (reading === undefined) return;
      const { status, body } = await wire.ask(reading.request);
      if (status !== 200 || !startsWith(body, reading.begins)) {
        wrong += 1;
        firstWrong ??= `${reading.page.path}: ${status} ${body.toString().slice(0, SHOWN_AT_MOST)}`;
      }
      const answered = performance.now();
      if (asked >= from && answered < to) {
        meter.record(answered - asked);
        bytes += body.length;
      }
      asked = answered;
    }
  };
  await Promise.all(wires.map(keepReading));
  const { latency } = meter;
  return {
    perSecond: latency.count / seconds,
    latency,
    bytes: bytes / latency.count,
    wrong,
    firstWrong,
  };
}

async function readingOf(page: Page): Promise<Reading> {
  const { path, customer, begins } = page;
  const token = customer === undefined ? {} : { token: await mintToken(customer) };
  return { page, begins: Buffer.from(begins), request: bytesOf({ method: 'GET', path, ...token }) };
}

const startsWith = (body: Buffer, begins: Buffer): boolean =>
  body.length >= begins.length && body.compare(begins, 0, begins.length, 0, begins.length) === 0;
