import { PlatformSimulator } from '@jumun/adapters';
import { PLATFORM_SECRET } from './platform.ts';

// A process: node receiver-process.ts. It ends on SIGTERM.

const platform = await PlatformSimulator.start({ secrets: [PLATFORM_SECRET] });
process.stdout.write(`listening on ${platform.port}\n`);

process.once('SIGTERM', () => {
  platform.close().catch((fault: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`${String(fault)}\n`);
  });
});
