import { closePorts, prepareTables, TOKENS } from '@jumun/adapters';
import { configOrExit } from './config-or-exit.js';
import { workerContainer } from './container.js';
import { PROGRAMS } from './programs.js';
import { reasonsOf } from './reasons-of.js';

const config = configOrExit(process, PROGRAMS.rebuild);
const container = workerContainer(config, () => {
  // The news of the rankings may be lost: whoever shows them looks for newer ones all the same.
});
try {
  await prepareTables(container.get(TOKENS.database), (fault) => {
    throw fault;
  });
  const shop = container.get(TOKENS.shop);
  const start = performance.now();
  const { orders, corrected, version } = await shop.rebuildStatistics();
  const milliseconds = Math.round(performance.now() - start);
  console.log(
    `${orders} paid orders were added up in ${milliseconds} ms. ` +
      (corrected === 0
        ? 'All sums were right.'
        : `${corrected} sums of a day and product were wrong, and are right now.`),
  );
  console.log(
    version === null
      ? 'Another process is making the rankings.'
      : `The rankings were made anew: version ${version}.`,
  );
} catch (fault) {
  console.error(`The statistics were not rebuilt: ${reasonsOf(fault).join(': ')}`);
  process.exitCode = 1;
} finally {
  await container.get(TOKENS.shop).close();
  await closePorts(container);
}
