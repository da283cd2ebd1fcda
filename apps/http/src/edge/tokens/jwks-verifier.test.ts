import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { KeyIssuer } from '../../testing/key-issuer.js';
import { Authentication } from '../authentication.js';

const NOW = 1_800_000_000;
const MINUTE = 60;

let issuer: KeyIssuer;
beforeEach(async () => {
  issuer = await KeyIssuer.start();
});
afterEach(() => issuer.close());

/** Authentication by the issuer's keys, at a time that is set by hand, with what it complains of. */
function trusting(restrictions: { issuer?: string; audience?: string } = {}) {
  const clock = { seconds: NOW };
  const faults: unknown[] = [];
  const policy = { jwksUrl: issuer.url, issuer: null, audience: null, ...restrictions };
  const milliseconds = (): number => clock.seconds * 1_000;
  const authentication = new Authentication(policy, {
    now: milliseconds,
    steadyClock: milliseconds,
    onFault: (fault) => faults.push(fault),
  });
  const admit = async (bearer: string): Promise<unknown> => {
    const admitted = await authentication.admit('customer', `Bearer ${bearer}`);
    return admitted.isOk() ? admitted.value?.userId : admitted.error.code;
  };
  return { clock, faults, admit };
}

const AT_MOST_MS = 10_000;

/** Lets an answer from the issuer that nobody waits for arrive. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + AT_MOST_MS; !(await condition());) {
    if (Date.now() > deadline) throw new Error(`not within ${AT_MOST_MS} ms`);
    await new Promise((resume) => setImmediate(resume));
  }
}

describe('A token of an issuer that publishes its keys', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('may be signed by %s', async (algorithm) => {
    const key = await issuer.addKey('one', algorithm);
    expect(await trusting().admit(await issuer.sign(key, { sub: '7' }))).toBe(7);
  });

  it.each(['RS512', 'ES384'])('may not be signed by %s', async (algorithm) => {
    const key = await issuer.addKey('one', algorithm);
    expect(await trusting().admit(await issuer.sign(key, { sub: '7' }))).toBe('UNAUTHENTICATED');
  });

  it('may not be signed by a public key as if it were a secret', async () => {
    const key = await issuer.addKey('one', 'RS256');
    const { admit } = trusting();
    expect(await admit(await issuer.sign(key, { sub: '7' }))).toBe(7);
    const secrets = [key.pem, key.pem.trim(), JSON.stringify(key.published), key.published.n ?? ''];
    for (const secret of secrets) {
      const forged = new SignJWT({ sub: '7' }).setProtectedHeader({ alg: 'HS256', kid: 'one' });
      expect(await admit(await forged.sign(new TextEncoder().encode(secret)))).toBe(
        'UNAUTHENTICATED',
      );
    }
  });

  it('may not be unsigned, and brings no key of its own', async () => {
    await issuer.addKey('one');
    const stranger = await KeyIssuer.start();
    try {
      const { admit } = trusting();
      expect(await admit(new UnsecuredJWT({ sub: '7' }).encode())).toBe('UNAUTHENTICATED');
      const theirs = await stranger.addKey('one');
      const jwk = { jwk: theirs.published, jku: stranger.url };
      expect(await admit(await stranger.sign(theirs, { sub: '7' }, jwk))).toBe('UNAUTHENTICATED');
      expect(stranger.asked).toBe(0);
    } finally {
      await stranger.close();
    }
  });

  it('is for us, from the issuer, and in its time', async () => {
    const key = await issuer.addKey('one');
    const { admit } = trusting({ issuer: 'https://issuer.example', audience: 'jumun' });
    const right = { sub: '7', iss: 'https://issuer.example', aud: 'jumun' };
    const told = async (claims: object): Promise<unknown> =>
      admit(await issuer.sign(key, { ...right, ...claims }));
    expect(await told({})).toBe(7);
    expect(await told({ aud: ['others', 'jumun'] })).toBe(7);
    expect(await told({ exp: NOW + 60, nbf: NOW })).toBe(7);
    const wrong = [
      { iss: 'https://other.example' },
      { iss: undefined },
      { aud: 'others' },
      { aud: undefined },
      { exp: NOW - 60 },
      { nbf: NOW + 60 },
      { exp: 'never' },
      { sub: 'kim' },
    ];
    for (const claims of wrong) expect(await told(claims)).toBe('UNAUTHENTICATED');
  });
});

describe('The keys of an issuer', () => {
  it('are asked for once, however many come at once', async () => {
    const key = await issuer.addKey('one');
    const { admit } = trusting();
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, at) => issuer.sign(key, { sub: String(at + 1) })),
    );
    expect(await Promise.all(tokens.map(admit))).toEqual(tokens.map((_, at) => at + 1));
    expect(issuer.asked).toBe(1);
  });

  it('may be new: a token of one is taken without a restart', async () => {
    const old = await issuer.addKey('old');
    const { clock, admit } = trusting();
    expect(await admit(await issuer.sign(old, { sub: '7' }))).toBe(7);
    const fresh = await issuer.addKey('fresh');
    clock.seconds += 11;
    expect(await admit(await issuer.sign(fresh, { sub: '8' }))).toBe(8);
    expect(await admit(await issuer.sign(old, { sub: '7' }))).toBe(7);
    expect(issuer.asked).toBe(2);
  });

  it('are not asked for again and again by tokens of keys that there are not', async () => {
    const key = await issuer.addKey('one');
    const { clock, admit } = trusting();
    const stranger = await issuer.addKey('stranger');
    issuer.removeKey('stranger');
    expect(await admit(await issuer.sign(key, { sub: '7' }))).toBe(7);
    const forged = await issuer.sign(stranger, { sub: '7' });
    for (let times = 0; times < 10; times += 1) {
      clock.seconds += 2;
      expect(await admit(forged)).toBe('UNAUTHENTICATED');
    }
    expect(issuer.asked).toBeLessThanOrEqual(3);
  });

  it('that are removed are trusted for five minutes at most, by a remembered token, too', async () => {
    const old = await issuer.addKey('old');
    await issuer.addKey('fresh');
    const { clock, admit } = trusting();
    const [used, unused] = await Promise.all([
      issuer.sign(old, { sub: '7' }),
      issuer.sign(old, { sub: '8' }),
    ]);
    expect(await admit(used)).toBe(7);
    issuer.removeKey('old');
    clock.seconds += 5 * MINUTE;
    expect(await admit(used)).toBe('UNAUTHENTICATED');
    expect(await admit(unused)).toBe('UNAUTHENTICATED');
  });

  it('are renewed after a minute while those who ask are served', async () => {
    const old = await issuer.addKey('old');
    const { clock, admit } = trusting();
    const used = await issuer.sign(old, { sub: '7' });
    expect(await admit(used)).toBe(7);
    issuer.removeKey('old');
    clock.seconds += MINUTE;
    expect(await admit(used)).toBe(7);
    await until(async () => (await admit(used)) === 'UNAUTHENTICATED');
    expect(issuer.asked).toBe(2);
  });
});

describe('While the issuer is away', () => {
  it('whoever has a token of a known key is served, remembered or not, for as long as it takes', async () => {
    const key = await issuer.addKey('one');
    const { clock, faults, admit } = trusting();
    const used = await issuer.sign(key, { sub: '7' });
    expect(await admit(used)).toBe(7);
    issuer.answerWith('fault');
    for (let minutes = 0; minutes < 60; minutes += 1) {
      clock.seconds += MINUTE;
      expect(await admit(used)).toBe(7);
      expect(await admit(await issuer.sign(key, { sub: '8', jti: `${minutes}` }))).toBe(8);
    }
    expect(faults).toHaveLength(1);
  });

  it('nobody waits for it once that is known', async () => {
    const key = await issuer.addKey('one');
    const { clock, admit } = trusting();
    expect(await admit(await issuer.sign(key, { sub: '7' }))).toBe(7);
    issuer.answerWith('fault');
    clock.seconds += 10 * MINUTE;
    expect(await admit(await issuer.sign(key, { sub: '7', jti: 'waits' }))).toBe(7);
    issuer.answerWith('nothing');
    const before = performance.now();
    for (let times = 0; times < 5; times += 1) {
      clock.seconds += 11;
      expect(await admit(await issuer.sign(key, { sub: '7', jti: `${times}` }))).toBe(7);
    }
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('nobody can tell whether a token of an unknown key is good, and nobody says that it is not', async () => {
    const key = await issuer.addKey('one');
    issuer.answerWith('fault');
    const { clock, faults, admit } = trusting();
    const bearer = await issuer.sign(key, { sub: '7' });
    expect(await admit(bearer)).toBe('DEPENDENCY_UNAVAILABLE');
    expect(faults).toHaveLength(1);
    issuer.answerWith('keys');
    clock.seconds += 11;
    expect(await admit(bearer)).toBe(7);

    const later = await issuer.addKey('later');
    issuer.answerWith('fault');
    clock.seconds += 11;
    expect(await admit(await issuer.sign(later, { sub: '9' }))).toBe('DEPENDENCY_UNAVAILABLE');
    expect(await admit(bearer)).toBe(7);
  });
});
