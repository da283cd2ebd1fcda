import { execFile } from 'node:child_process';
import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const execute = promisify(execFile);
const BUILT = fileURLToPath(new URL('../dist/step-back.js', import.meta.url));
const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;

/** The priority of a process that was started so and has stepped back. */
async function priorityAfter(began: number): Promise<number> {
  const program = `
    import { getPriority, setPriority } from 'node:os';
    import { stepBack } from ${JSON.stringify(BUILT)};
    setPriority(${began});
    stepBack();
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
});
