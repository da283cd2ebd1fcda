import { request } from 'node:http';
import type { ListenerTask, Listening } from './listeners.ts';
import { answerTasks } from '../lib/generator.ts';

// Everybody who has a page open and looks at nothing else: a stream of events each. Started by listeners.ts.

const OPENED_AT_ONCE = 32;
const STREAM = '/api/v1/products/popular/events';

let hangUps: (() => void)[] = [];
let told = 0;
let lost = 0;

/** Resolves when the stream has begun. */
function listen(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const asking = request(new URL(STREAM, url), { agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`a stream: ${answer.statusCode}`));
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => {
        told += text.split('event: ranking').length - 1;
      });
      for (const end of ['end', 'error'] as const) {
        answer.on(end, () => {
          if (!isOver) lost += 1;
        });
      }
      resolve();
    });
    asking.on('error', reject);
    hangUps.push(() => {
      isOver = true;
      asking.destroy();
    });
    asking.end();
  });
}

async function open(url: string, count: number): Promise<void> {
  let left = count;
  const openOn = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await listen(url);
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, openOn));
}

answerTasks(async (task: ListenerTask): Promise<Listening | null> => {
  if (task.kind === 'OPEN') {
    [told, lost] = [0, 0];
    await open(task.url, task.count);
    return null;
  }
  for (const hangUp of hangUps) hangUp();
  hangUps = [];
  return { told, lost };
});
