import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../../../dist/testing/api/write-main.js', import.meta.url));

describe('What is made from the routes', () => {
  it('is up to date in the repository: the document, its page and the types of the client', async () => {
    const checked = promisify(execFile)(process.execPath, ['--no-warnings', MAIN, '--check']);
    await expect(checked).resolves.toMatchObject({ stderr: '' });
  });
});
