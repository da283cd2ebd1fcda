import { burst } from './crowd-burst.ts';
import { loop } from './crowd-loop.ts';
import { rush } from './crowd-rush.ts';
import type { CrowdTask } from './crowd-tasks.ts';
import { trickle } from './crowd-trickle.ts';
import { answerTasks } from './generator.ts';
import type { Wire } from './wire.ts';
import { closeWires, openWires } from './wires.ts';

// A process that makes load, started by crowds.ts.

const crowds = new Map<string, readonly Wire[]>();

answerTasks(async (task: CrowdTask) => {
  const wires = crowds.get(task.crowd) ?? [];
  switch (task.kind) {
    case 'OPEN':
      crowds.set(task.crowd, await openWires(task.urls, task.connections));
      return null;
    case 'BURST':
      return burst(wires, task);
    case 'LOOP':
      return loop(wires, task);
    case 'RUSH':
      return rush(wires, task);
    case 'TRICKLE':
      return trickle(wires, task);
    case 'CLOSE':
      closeWires(wires);
      crowds.delete(task.crowd);
      return null;
  }
});
