import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type * as Session from './session.js';

let given = 0;
/** A token as the shop's, of this customer: another one each time. */
const tokenOf = (userId: number): string => {
  given += 1;
  return `head.${btoa(JSON.stringify({ sub: userId }))}.${given}`;
};

const real = { fetch: globalThis.fetch };
/** The requests for tokens that nobody has answered yet, by whom they ask for. */
let asked: { readonly userId: number; readonly answer: () => void }[];
let session: typeof Session;

beforeEach(async () => {
  asked = [];
  const settings = { content: JSON.stringify({ personas: true }) };
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  };
  Object.defineProperties(globalThis, {
    document: { value: { querySelector: () => settings }, configurable: true },
    sessionStorage: { value: storage, configurable: true },
    localStorage: { value: storage, configurable: true },
  });
  globalThis.fetch = (_url, init) =>
    new Promise((resolve) => {
      const body = typeof init?.body === 'string' ? init.body : '{}';
      const { userId } = JSON.parse(body) as { readonly userId: number };
      asked.push({ userId, answer: () => resolve(Response.json({ token: tokenOf(userId) })) });
    });
  session = await import('./session.js');
  session.signOut();
  kept.clear();
});
afterEach(() => {
  globalThis.fetch = real.fetch;
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const answerTo = (wanted: number): void => {
  for (const { userId, answer } of asked) if (userId === wanted) answer();
};

describe('A visitor', () => {
  it('is whom they have chosen last, whichever answer comes last', async () => {
    const first = session.bePersona('kim');
    const last = session.bePersona('lee');
    answerTo(2);
    expect(await last).toBe(true);
    answerTo(1);
    expect(await first).toBe(false);
    expect(session.who.value).toMatchObject({ userId: 2, persona: 'lee' });
  });

  it('who has chosen before the page knew who they are stays that one', async () => {
    const starting = session.startSession('kim');
    const chosen = session.bePersona('lee');
    answerTo(2);
    await chosen;
    answerTo(1);
    await starting;
    expect(session.who.value?.persona).toBe('lee');
  });

  it('who signs out while a token is asked for anew is not signed in again', async () => {
    const signedIn = session.bePersona('kim');
    answerTo(1);
    await signedIn;
    const refused = session.currentToken() ?? '';
    asked = [];
    const renewing = session.renewToken(refused);
    session.signOut();
    answerTo(1);
    expect(await renewing).toBeNull();
    expect(session.who.value).toBeNull();
  });

  it('is nobody where no token is to be had, and stays known as that', async () => {
    globalThis.fetch = () => Promise.resolve(new Response(null, { status: 404 }));
    await session.startSession('kim');
    expect(session.who.value).toBeNull();
    expect(session.isSessionKnown.value).toBe(true);
  });

  it('is found out again where the shop was too busy to say, however long that takes', async () => {
    jest.useFakeTimers();
    let isBusy = true;
    globalThis.fetch = () =>
      Promise.resolve(
        isBusy ? new Response(null, { status: 503 }) : Response.json({ token: tokenOf(1) }),
      );
    const starting = session.startSession('kim');
    await jest.advanceTimersByTimeAsync(600_000);
    expect(session.who.value).toBeNull();
    isBusy = false;
    await jest.advanceTimersByTimeAsync(8_000);
    await starting;
    expect(session.who.value).toMatchObject({ userId: 1, persona: 'kim' });
  });

  it('is not asked after any more once they have chosen to be nobody', async () => {
    jest.useFakeTimers();
    let questions = 0;
    globalThis.fetch = () => {
      questions += 1;
      return Promise.resolve(new Response(null, { status: 429 }));
    };
    const starting = session.startSession('kim');
    await jest.advanceTimersByTimeAsync(0);
    session.signOut();
    await jest.advanceTimersByTimeAsync(600_000);
    await starting;
    expect(questions).toBe(1);
    expect(session.who.value).toBeNull();
  });

  it('is asked after again where nobody says anything at all', async () => {
    const silence = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(silence.signal);
    const questions: (AbortSignal | null | undefined)[] = [];
    globalThis.fetch = (_url, init) => {
      questions.push(init?.signal);
      if (questions.length > 1) return Promise.resolve(Response.json({ token: tokenOf(1) }));
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('Aborted')));
      });
    };
    jest.useFakeTimers();
    const starting = session.startSession('kim');
    silence.abort();
    await jest.advanceTimersByTimeAsync(1_000);
    await starting;
    expect(questions[0]).toBe(silence.signal);
    expect(session.who.value).toMatchObject({ userId: 1 });
  });
});
