import { SalesCalendar } from '@jumun/domain';
import { isDatabaseUrl } from '../knex/database.js';
import { platformSecretsOf } from '../platform/platform-endpoint.js';
import { isHttpUrl } from './http-url.js';

/** How the text of a variable is read. */
export interface VariableRule<Value> {
  /** Undefined where the text is no such value. */
  readonly read: (text: string) => Value | undefined;
  /** What a wrong one is told. */
  readonly message: string;
}

const SWITCH: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['0', false],
]);

const LOG_LEVELS = new Set(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** A text that is right as it is. */
const textThat = (isRight: (text: string) => boolean, message: string): VariableRule<string> => ({
  read: (text) => (isRight(text) ? text : undefined),
  message,
});

const numberThat = (
  pattern: RegExp,
  [least, most]: readonly [least: number, most: number],
  message: string,
): VariableRule<number> => ({
  read: (text) => {
    const number = pattern.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  },
  message,
});

/** A whole number in plain digits. */
export const wholeNumber = (least: number, most: number): VariableRule<number> =>
  numberThat(/^\d{1,15}$/, [least, most], `must be a whole number from ${least} to ${most}`);

/** Values with commas between them, each without the blanks around it. */
export const listOf = (
  isRight: (value: string) => boolean,
  message: string,
): VariableRule<readonly string[]> => ({
  read: (text) => {
    const values = text.split(',').map((value) => value.trim());
    return values.every(isRight) ? values : undefined;
  },
  message,
});

/** Whether `url` names a Redis server. */
const isRedisUrl = (url: string): boolean => /^rediss?:\/\/./.test(url) && URL.canParse(url);

const isMysqlUrl = (url: string): boolean => url.startsWith('mysql://') && isDatabaseUrl(url);

/** What both apps, and whoever makes a third one, can be told, each kind of value in one place. */
export const RULES = {
  /** A port; 0 is a free one. */
  port: wholeNumber(0, 65_535),
  /** Up to a day. */
  seconds: wholeNumber(1, 86_400),
  onOrOff: {
    read: (text) => SWITCH.get(text.toLowerCase()),
    message: 'must be on or off',
  } satisfies VariableRule<boolean>,
  /** A part of a whole. */
  share: numberThat(/^[01](\.\d+)?$|^\.\d+$/, [0, 1], 'must be a number from 0 to 1'),
  databaseUrl: textThat(
    isDatabaseUrl,
    'must be sqlite://PATH or mysql://user:password@host:port/name',
  ),
  mysqlUrl: textThat(isMysqlUrl, 'must be mysql://user:password@host:port/name'),
  redisUrls: listOf(isRedisUrl, 'must be redis://host:port, or several with commas'),
  httpUrl: textThat(isHttpUrl, 'must be https://host/path or http://host/path, without a user'),
  collectorUrl: textThat(isHttpUrl, 'must be http://host:port or https://host:port'),
  platformSecrets: {
    read: platformSecretsOf,
    message: 'must be a secret, or two with a comma; what follows whsec_ must be base64',
  } satisfies VariableRule<readonly string[]>,
  timeZone: textThat(isTimeZone, 'must be a time zone such as Asia/Seoul'),
  logLevel: textThat(
    (text) => LOG_LEVELS.has(text),
    'must be fatal, error, warn, info, debug, trace or silent',
  ),
};

function isTimeZone(name: string): boolean {
  try {
    return new SalesCalendar(name).timeZone === name;
  } catch {
    return false;
  }
}
