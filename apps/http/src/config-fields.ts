import { isIP } from 'node:net';
import { isHttpUrl, listOf } from '@jumun/adapters';
import proxyAddress from 'proxy-addr';

/** Who may say in `X-Forwarded-For` for whom they ask: addresses, networks, or names of well-known networks. */
export const PROXIES = listOf(
  isNetwork,
  'must be addresses such as 10.0.0.7, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas',
);

/** Origins of pages, as browsers name them. */
export const ORIGINS = listOf(
  isOrigin,
  'must be origins such as https://shop.example, with commas; no * and no path',
);

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
