import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerCounter } from './answer-counter.ts';
import { BREATHER_MS } from './breather.ts';
import type { ReadingRush, RushReport } from './crowd-tasks.ts';
import { MeanMeter } from './mean-meter.ts';
import { pageRequest } from './page-request.ts';
import type { Wire, WireAnswer } from './wire.ts';

export async function rush(wires: readonly Wire[], { page }: ReadingRush): Promise<RushReport> {
  const { bytes, wrongIn } = await pageRequest(page);
  const meter = new MeanMeter();
  const answers: (WireAnswer | null)[] = [];
  await sleep(BREATHER_MS);

  const began = performance.now();
  await Promise.all(
    wires.map(async (wire) => {
      const answer = await wire.ask(bytes).catch(() => null);
      meter.record(performance.now() - began);
      answers.push(answer);
    }),
  );

  const counter = new AnswerCounter();
  const bodies = new Map<string, number>();
  let wrong = 0;
  for (const answer of answers) {
    counter.add(answer);
    if (answer === null || wrongIn(answer) !== null) wrong += 1;
    else {
      const body = answer.body.toString('latin1');
      bodies.set(body, (bodies.get(body) ?? 0) + 1);
    }
  }
  return { latency: meter.latency, answers: counter.counts, bodies: [...bodies.values()], wrong };
}
