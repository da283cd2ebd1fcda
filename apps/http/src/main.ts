const OLDEST_NODE = 24;

// The rest is loaded only after this check: an older Node could not even read some of it.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`Jumun needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const { run } = await import('./run.js');
const terminal = {
  tell: (text: string) => console.log(text),
  complain: (text: string) => console.error(text),
};
process.exitCode = await run(process.env, terminal, process.argv.slice(2));
