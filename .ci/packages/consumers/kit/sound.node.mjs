import { after, describe, it } from 'node:test';
import contracts from './contracts.cjs';

// A rule that hangs is ended by the time limit, which does not keep a process alive.
const alive = setInterval(() => {}, 1_000);
after(() => clearInterval(alive));

contracts({ describe, it }, 'sound');
