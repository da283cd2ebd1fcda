import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { addressReader, placeOf } from './client-address.js';

function asked(from: string, forwardedFor?: string): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: from });
  const request = new IncomingMessage(socket);
  if (forwardedFor !== undefined) request.headers['x-forwarded-for'] = forwardedFor;
  return request;
}

describe('Where a request comes from', () => {
  it('is whoever is connected, whatever they say, while nobody is trusted', () => {
    const addressOf = addressReader([]);
    expect(addressOf(asked('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
    expect(addressOf(asked('::ffff:203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
  });

  it('is what a trusted proxy says', () => {
    const addressOf = addressReader(['10.0.0.0/8', 'fd00::/8']);
    expect(addressOf(asked('10.0.0.7', '198.51.100.1'))).toBe('198.51.100.1');
    expect(addressOf(asked('::ffff:10.0.0.7', '198.51.100.1'))).toBe('198.51.100.1');
    expect(addressOf(asked('fd00::7', '198.51.100.1'))).toBe('198.51.100.1');
    expect(addressOf(asked('10.0.0.7'))).toBe('10.0.0.7');
  });

  it('is not what anybody else says', () => {
    const addressOf = addressReader(['10.0.0.0/8']);
    expect(addressOf(asked('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
  });

  it('is the last one whom no trusted proxy vouches for: what stands before is what they say of themselves', () => {
    const addressOf = addressReader(['10.0.0.0/8']);
    const said = '192.0.2.1, 198.51.100.1, 10.0.0.9';
    expect(addressOf(asked('10.0.0.7', said))).toBe('198.51.100.1');
  });

  it('is the proxy, when it says nonsense', () => {
    const addressOf = addressReader(['10.0.0.0/8']);
    for (const nonsense of ['unknown', '', 'x'.repeat(1_000), '1.2.3.4.5', '_hidden']) {
      expect(addressOf(asked('10.0.0.7', nonsense))).toBe('10.0.0.7');
    }
  });
});

describe('An IPv6 address', () => {
  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ])('%s is counted with its network, %s', (address, network) => {
    expect(placeOf(address)).toBe(network);
  });
});
