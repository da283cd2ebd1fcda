import { execFile } from 'node:child_process';
import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { stepBack } from './step-back.js';

const execute = promisify(execFile);
const BUILT = fileURLToPath(new URL('../dist/step-back.js', import.meta.url));
const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;

/** The priority of a process that was started so and has stepped back. */
async function priorityAfter(began: number): Promise<number> {
  const program = `
    import { getPriority, setPriority } from 'node:os';
    import { stepBack } from ${JSON.stringify(BUILT)};
    setPriority(${began});
    stepBack({ info: console.error });
    console.log(getPriority());`;
  const { stdout } = await execute(process.execPath, ['--input-type=module', '-e', program]);
  return Number(stdout);
}

describe('A worker', () => {
  it('lets those go first who serve customers on the same machine', async () => {
    const began = Math.min(getPriority(), PRIORITY_LOW);
    expect(await priorityAfter(began)).toBe(Math.max(began, PRIORITY_BELOW_NORMAL));
  });

  it('stays where it was put, when that is further back', async () => {
    expect(await priorityAfter(PRIORITY_LOW)).toBe(PRIORITY_LOW);
  });

  it('works where it is, and says so, when the system does not let it step back', () => {
    const fault = Object.assign(new Error('not permitted'), { code: 'ERR_SYSTEM_ERROR' });
    const told: unknown[] = [];
    const system = {
      getPriority: () => 0,
      setPriority: () => {
        throw fault;
      },
    };
    stepBack({ info: (what: unknown) => told.push(what) }, system);
    expect(told).toEqual([{ err: fault }]);
  });
});
