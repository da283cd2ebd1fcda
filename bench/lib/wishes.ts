import { RICH } from './database.ts';

/** What customers want: any product alike, or all of them the same one. */
export type Wishes = 'uniform' | 'one hot product';

export const WISHES: readonly Wishes[] = ['uniform', 'one hot product'];

const ALL = Array.from({ length: RICH.products }, (_, at) => at + 1);

export const productsOf = (wishes: Wishes): readonly number[] =>
  wishes === 'uniform' ? ALL : ALL.slice(0, 1);
