import type { PopularView } from '@jumun/application';
import { type ProductId, trendMessage, trendsOf } from '@jumun/domain';
import { popularItemJson, timeJson } from '../representation.js';

/**
 * Where a listener is: it has heard what was told of the rankings of `version`, up to the message numbered `number`. In each
 * version 0 is the ranking, and its trends follow. It means the same in every process.
 */
export interface Position {
  readonly version: number;
  readonly number: number;
}

/** Something to be told, as it goes over the wire. */
export interface Message extends Position {
  readonly text: string;
}

const idOf = ({ version, number }: Position): string => `${version}-${number}`;

const POSITION = /^(\d{1,15})-(\d{1,4})$/;

/** The position that a header `Last-Event-ID` names; null when it names none. */
export function positionIn(header: string | string[] | undefined): Position | null {
  const found = typeof header === 'string' ? POSITION.exec(header) : null;
  return found === null ? null : { version: Number(found[1]), number: Number(found[2]) };
}

export const isBefore = (a: Position, b: Position): boolean =>
  a.version < b.version || (a.version === b.version && a.number < b.number);

/** A field that only moves the listener's position. */
export const positionField = (position: Position): string => `id: ${idOf(position)}\n`;

/** How the ranking itself is told; `view` has as many products as are told of. */
export function rankingMessage({ version, period, computedAt, items }: PopularView): Message {
  const { days } = period;
  const data = { days, computedAt: timeJson(computedAt), items: items.map(popularItemJson) };
  return messageOf({ version, number: 0 }, 'ranking', data);
}

/** Who took first place or came into the top, by rank. `view` is that top, `limit` places long. */
export function trendMessages({ version, items }: PopularView, limit: number): readonly Message[] {
  const previousRanks = new Map<ProductId, number>();
  const names = new Map<ProductId, string>();
  for (const { productId, previousRank, name } of items) {
    names.set(productId, name);
    if (previousRank !== null) previousRanks.set(productId, previousRank);
  }
  return trendsOf(items, previousRanks, limit).map(({ productId, rank, previousRank }, at) => {
    const name = names.get(productId) ?? '';
    const data = { productId, name, rank, previousRank, message: trendMessage(name, rank) };
    return messageOf({ version, number: at + 1 }, 'trend', data);
  });
}

/** Whether two tops differ in their products, their order or what was sold of them. */
export const differ = (one: PopularView, other: PopularView): boolean =>
  one.items.length !== other.items.length ||
  one.items.some((item, at) => {
    const before = other.items[at];
    return (
      before === undefined ||
      item.productId !== before.productId ||
      item.quantitySold !== before.quantitySold ||
      item.revenue !== before.revenue
    );
  });

const messageOf = (position: Position, event: string, data: object): Message => ({
  ...position,
  text: `${positionField(position)}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
});
