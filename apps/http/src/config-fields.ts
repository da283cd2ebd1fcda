import { isIP } from 'node:net';
import proxyAddress from 'proxy-addr';
import { z } from 'zod';

/** Something in the environment is wrong; `lines` names each variable and says what, never what the value was. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

const SWITCH: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['0', false],
]);

/** A whole number in plain digits. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .transform((value) => (/^\d{1,15}$/.test(value) ? Number(value) : Number.NaN))
    .refine(
      (value) => value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`,
    );

/** A port; 0 is a free one. */
export const port = wholeNumber(0, 65_535);

/** A switch. */
export const onOrOff = z
  .string()
  .transform((value) => SWITCH.get(value.toLowerCase()))
  .refine((value) => value !== undefined, 'must be on or off');

/** A part of a whole, from 0 to 1. */
export const share = z
  .string()
  .transform((value) => (/^[01](\.\d+)?$|^\.\d+$/.test(value) ? Number(value) : Number.NaN))
  .refine((value) => value >= 0 && value <= 1, 'must be a number from 0 to 1');

/** Values with commas between them, each without the blanks around it. */
export const list = (isRight: (value: string) => boolean, message: string) =>
  z
    .string()
    .transform((values): readonly string[] => values.split(',').map((value) => value.trim()))
    .refine((values) => values.every(isRight), message);

/** Who may say in `X-Forwarded-For` for whom they ask: addresses, networks, or names of well-known networks. */
export const proxies = list(
  isNetwork,
  'must be addresses such as 10.0.0.7, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas',
);

/** Origins of pages, as browsers name them. */
export const origins = list(
  isOrigin,
  'must be origins such as https://shop.example, with commas; no * and no path',
);

/** Where something is to be had by HTTP. Credentials have no place in it: Node's fetch refuses them. */
export const httpUrl = z
  .string()
  .refine(isHttpUrl, 'must be https://host/path or http://host/path, without a user');

function isNetwork(name: string): boolean {
  try {
    proxyAddress.compile(name);
    // A number alone would be read as an address by the library.
    return isIP(name.split('/')[0] ?? '') !== 0 || /^[a-z]+$/.test(name);
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  return isHttpUrl(text) && new URL(text).origin === text;
}

function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
