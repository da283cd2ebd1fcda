import { percent, priceOf, won } from '@jumun/domain';

globalThis.total = priceOf([won(25_000), won(45_000)], percent(10)).total;
