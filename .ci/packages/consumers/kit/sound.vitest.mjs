import { describe, it } from 'vitest';
import contracts from './contracts.cjs';

contracts({ describe, it }, 'sound');
