// In Jest, Vitest and node:test alike: sound adapters pass, and every planted fault is caught under its sentence.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { plantedFaults } from '@jumun/application/testing';

const LIMIT_MS = 2_000;
const VITEST_REPORT = 'vitest-report.json';

/** How each runner is called for a file, and how it is asked which tests failed: `adapter › sentence`. */
const RUNNERS = {
  Jest: {
    args: (file) => [
      'node_modules/jest/bin/jest.js',
      ...['--json', '--testTimeout', `${LIMIT_MS}`, '--testMatch', `**/${file}.jest.cjs`],
    ],
    failures: failuresIn,
  },
  Vitest: {
    args: (file) => [
      'node_modules/vitest/vitest.mjs',
      ...['run', '--reporter', 'json', '--outputFile', VITEST_REPORT],
      ...['--testTimeout', `${LIMIT_MS}`, '--config', 'vitest.config.mjs', `${file}.vitest.mjs`],
    ],
    failures: () => failuresIn(readFileSync(VITEST_REPORT, 'utf8')),
  },
  'node:test': {
    args: (file) => [
      '--test',
      `--test-timeout=${LIMIT_MS}`,
      '--test-reporter=./failures-reporter.mjs',
      `${file}.node.mjs`,
    ],
    failures: (output) => JSON.parse(output),
  },
};

/** What Jest and Vitest both write. */
function failuresIn(report) {
  const tests = JSON.parse(report).testResults.flatMap((file) => file.assertionResults);
  return tests
    .filter(({ status }) => status === 'failed')
    .map(({ ancestorTitles, title, failureMessages }) => ({
      adapter: ancestorTitles.at(-1),
      sentence: title,
      message: failureMessages.join('\n'),
    }));
}

for (const [name, { args, failures }] of Object.entries(RUNNERS)) {
  const run = (file) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, args(file), {
      encoding: 'utf8',
    });
    try {
      return { status, failed: failures(stdout) };
    } catch (cause) {
      throw new Error(`${name} did not report: ${stdout.slice(0, 500)} ${stderr.slice(0, 2_000)}`, {
        cause,
      });
    }
  };
  const sound = run('sound');
  assert.deepEqual(sound, { status: 0, failed: [] }, `${name}: sound adapters`);
  const { status, failed } = run('faults');
  assert.notEqual(status, 0, `${name} is green with faulty adapters`);
  for (const { name: adapter, caughtBy } of plantedFaults) {
    const caught = failed.find((each) => each.adapter === adapter && each.sentence === caughtBy);
    assert.ok(caught, `${name} did not catch ${adapter}: ${JSON.stringify(failed)}`);
    console.log(`${name}: ${adapter} › ${caughtBy}: ${caught.message.split('\n')[0]}`);
  }
}
