import { SystemClock } from '@jumun/adapters';
import type { Clock } from '@jumun/application';
import { afterSeconds } from '@jumun/domain';

export const clock: Clock = new SystemClock();
export const soon = afterSeconds(clock.now(), 1);
