const OLDEST_NODE = 24;

// The rest is loaded only after this check: an older Node could not even read some of it.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`Jumun needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const { run } = await import('./run.js');
process.exitCode = await run(process.env, {
  tell: (text) => console.log(text),
  complain: (text) => console.error(text),
});
