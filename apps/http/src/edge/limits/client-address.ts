import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddress from 'proxy-addr';

/** An IPv6 customer has a whole network of that length, and may come from any address of it. */
const NETWORK_GROUPS = 4;
const ALL_GROUPS = 8;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Tells where a request comes from, as far as those say it whom we trust: `X-Forwarded-For` is read from its end, for as
 * long as what stands there is a trusted proxy. What anybody else says of themselves is not heeded.
 */
export function addressReader(trusted: readonly string[]): (request: IncomingMessage) => string {
  const direct = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';
  if (trusted.length === 0) return (request) => placeOf(direct(request));
  const isTrusted = proxyAddress.compile([...trusted]);
  return (request) => {
    if (request.headers['x-forwarded-for'] === undefined) return placeOf(direct(request));
    const address = proxyAddress(request, isTrusted);
    return placeOf(isIP(address) === 0 ? direct(request) : address);
  };
}

/** What is counted as one: an IPv4 address, or the network of an IPv6 address. */
export function placeOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [plain = ''] = address.split('%');
  const [head = '', tail] = plain.split('::');
  const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const first = groupsOf(head);
  const last = groupsOf(tail ?? '');
  // An IPv4 address at the end stands for two groups.
  const lastLength = last.length + (last.at(-1)?.includes('.') === true ? 1 : 0);
  const left = Math.max(0, ALL_GROUPS - first.length - lastLength);
  const zeros = tail === undefined ? [] : Array.from({ length: left }, () => '0');
  const network = [...first, ...zeros, ...last].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
