import { computed, signal } from '@preact/signals';
import { waitBefore } from '../api/backoff.js';
import { keep, kept } from './preferences.js';
import { settings } from './settings.js';
import { type Claims, readToken } from './token.js';

/** Whom a visitor may choose to be where the shop is only tried: the people of the scenarios. */
export const PERSONAS = {
  kim: { userId: 1, roles: [] },
  lee: { userId: 2, roles: [] },
  operator: { userId: 9001, roles: ['operator'] },
} as const satisfies Readonly<Record<string, { userId: number; roles: readonly string[] }>>;

export type Persona = keyof typeof PERSONAS;

/** Who looks at the page, as far as the page needs to know; the shop itself believes nothing but the token. */
export interface Visitor extends Claims {
  /** Where they chose who to be. */
  readonly persona: Persona | null;
}

/** In memory alone: no storage, no cookie and no global, where a script of others could find it. */
let token: string | null = null;

const visitor = signal<Visitor | null>(null);
/** False until it is known whether somebody is signed in: what is anybody's own waits for it. */
const known = signal(false);

/** How often it was chosen who to be: an answer about an earlier choice comes too late. */
let choices = 0;

/** Who is signed in; null: nobody. */
export const who = computed(() => visitor.value);
export const isSessionKnown = computed(() => known.value);
/** Whether the visitor is being asked who they are. */
export const isAskingWho = signal(false);

export const currentToken = (): string | null => token;

export const isPersona = (name: string | null): name is Persona =>
  name !== null && Object.hasOwn(PERSONAS, name);

function become(newToken: string | null, persona: Persona | null = null): boolean {
  const claims = newToken === null ? null : readToken(newToken);
  token = claims === null ? null : newToken;
  visitor.value = claims === null ? null : { ...claims, persona };
  known.value = true;
  return claims !== null;
}

/**
 * Asks who is signed in. `usual` is who one is at first where one may choose; null: nobody. Nobody is known while nobody
 * answers, and it is asked again until the visitor chooses: a shop that is busy for a moment says nothing of who one is.
 */
export async function startSession(usual: Persona | null): Promise<void> {
  choices += 1;
  const mine = choices;
  const persona = settings.personas ? firstPersona(usual) : null;
  if (settings.personas && persona === null) {
    become(null);
    return;
  }
  const ask = () => (persona === null ? askIdentityService() : askForPersona(persona));
  for (let tries = 0; ; tries += 1) {
    const answer = await ask().then(
      (fresh) => ({ fresh }),
      () => null,
    );
    // Meanwhile the visitor may have chosen themselves.
    if (mine !== choices) return;
    const isSomebody = become(answer?.fresh ?? null, persona);
    if (isSomebody && persona !== null) keep('persona', persona, sessionStorage);
    if (answer !== null) return;
    await pause(waitBefore(tries, null, Math.random()));
    if (mine !== choices) return;
  }
}

/** Whom the visitor has chosen before in this tab, or else the usual one; null: nobody. */
function firstPersona(usual: Persona | null): Persona | null {
  const chosen = kept('persona', sessionStorage);
  if (chosen === 'nobody') return null;
  return isPersona(chosen) ? chosen : usual;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/**
 * Becomes one of the personas; only its name is kept, its token is asked for anew each time. False: there was no token, or
 * somebody else was chosen before it came.
 */
export async function bePersona(persona: Persona): Promise<boolean> {
  choices += 1;
  const mine = choices;
  const fresh = await askForPersona(persona);
  if (fresh === null || mine !== choices) return false;
  keep('persona', persona, sessionStorage);
  return become(fresh, persona);
}

/** Takes a token that the visitor has brought along; false: it is none. */
export const takeToken = (brought: string): boolean => {
  const text = brought.trim().replace(/^Bearer\s+/i, '');
  if (readToken(text) === null) return false;
  choices += 1;
  return become(text);
};

export function signOut(): void {
  choices += 1;
  if (settings.personas) keep('persona', 'nobody', sessionStorage);
  become(null);
}

/** Another token, since the shop did not take this one; null: the visitor must sign in again. Rejects when nobody could be asked. */
export async function renewToken(refused: string): Promise<string | null> {
  // Somebody else has renewed it meanwhile.
  if (token !== null && token !== refused) return token;
  const persona = visitor.value?.persona ?? null;
  const mine = choices;
  const fresh = persona === null ? await askIdentityService() : await askForPersona(persona);
  // Who has signed out meanwhile, or is somebody else now, stays so.
  if (mine !== choices) return token;
  const isNew = fresh !== null && fresh !== refused;
  become(isNew ? fresh : null, persona);
  return token;
}

/** Sends the visitor to where they sign in, and back here; without such a place, asks them who they are. */
export function signIn(): void {
  if (settings.signInUrl === null) {
    isAskingWho.value = true;
    return;
  }
  const url = new URL(settings.signInUrl);
  url.searchParams.set('return', location.href);
  location.assign(url);
}

const askForPersona = (persona: Persona): Promise<string | null> =>
  askForToken('/api/v1/dev/tokens', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(PERSONAS[persona]),
  });

const askIdentityService = (): Promise<string | null> =>
  settings.tokenUrl === null
    ? Promise.resolve(null)
    : askForToken(settings.tokenUrl, { credentials: 'include' });

/** Who says nothing for so long is not there. */
const SILENT_MS = 10_000;

/** A token, or null: there is none for this visitor. Rejects when nobody answered, or somebody who is in trouble: that says nothing. */
async function askForToken(url: string, init: RequestInit): Promise<string | null> {
  const patience = AbortSignal.timeout(SILENT_MS);
  const response = await fetch(url, { ...init, cache: 'no-store', signal: patience });
  if (response.status === 429 || response.status >= 500) {
    throw new Error(`No token: ${response.status}`);
  }
  if (!response.ok) return null;
  const { token: given } = (await response.json()) as { readonly token?: unknown };
  return typeof given === 'string' ? given : null;
}
