import { stepBack } from './step-back.js';
import { work } from './work.js';

stepBack();
await work(process);
