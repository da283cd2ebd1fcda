import { work } from './work.js';

await work(process);
