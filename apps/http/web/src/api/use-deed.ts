import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { keep, kept } from '../shell/preferences.js';
import { who } from '../shell/session.js';
import type { Answer } from './answer.js';
import type { Sending, Waiting } from './client.js';
import { Intention, type Pending, type Unsettled } from './intention.js';
import { newIdempotencyKey } from './surroundings.js';

/** One thing a person can do here, and how it goes. */
export interface Deed<Request, Value, Refused> {
  readonly isRunning: boolean;
  /** Why it takes long. */
  readonly waiting: Waiting | null;
  /** Why it was refused, until it is tried again. */
  readonly refusal: Refused | null;
  /** What was sent before and has no known outcome: after a reload in the middle, or after giving up. */
  readonly unsettled: Unsettled<Request> | null;
  /** Does it. A click while it runs is the same click. */
  readonly run: (request: Request) => Promise<Answer<Value, Refused>>;
  readonly giveUp: () => void;
  /** Forgets the refusal alone: what has no outcome is told of as what was sent before. */
  readonly hush: () => void;
  /** Forgets the refusal, and the key of what has no outcome. */
  readonly dismiss: () => void;
}

/** By name and customer: a page that is left and opened again finds what is under way. */
const intentions = new Map<string, Intention<unknown>>();

/** The intention of this name, of whoever is signed in; what is unsettled outlives a reload, in this tab alone. */
function intentionOf<Request>(name: string): Intention<Request> {
  const owned = `intention.${name}.${who.value?.userId ?? 'nobody'}`;
  const known =
    intentions.get(owned) ??
    new Intention<unknown>(newIdempotencyKey, {
      read: () => kept(owned, sessionStorage),
      write: (text) => keep(owned, text, sessionStorage),
    });
  intentions.set(owned, known);
  // A name is used for one kind of request alone.
  return known as Intention<Request>;
}

/** Tells when it is no longer the same customer: what one has begun is never sent with the token of another. */
function ownerWatch(): { readonly signal: AbortSignal; readonly end: () => void } {
  const owner = who.peek()?.userId;
  const left = new AbortController();
  const end = effect(() => {
    if (who.value?.userId !== owner) left.abort();
  });
  return { signal: left.signal, end };
}

/**
 * Something that is done once however often it is clicked, and goes on by itself after whatever passes. It is not undone by
 * leaving the page: what was sent is sent.
 */
export function useDeed<Request, Value, Refused extends { readonly code: string }>(
  name: string,
  send: (pending: Pending<Request>, options: Sending) => Promise<Answer<Value, Refused>>,
): Deed<Request, Value, Refused> {
  const [isRunning, setRunning] = useState(false);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const [, setDismissed] = useState(0);
  const person = useRef(new AbortController());
  const isShown = useRef(true);
  useEffect(
    () => () => {
      isShown.current = false;
    },
    [],
  );
  const intention = intentionOf<Request>(name);

  const run = async (request: Request): Promise<Answer<Value, Refused>> => {
    if (person.current.signal.aborted) person.current = new AbortController();
    const owner = ownerWatch();
    const signal = AbortSignal.any([person.current.signal, owner.signal]);
    setRunning(true);
    setRefusal(null);
    try {
      const answer = await intention.pursue(request, (pending) =>
        send(pending, {
          key: pending.key,
          signal,
          onWait: (why) => isShown.current && setWaiting(why),
        }),
      );
      if (isShown.current && !answer.ok) setRefusal(answer.refusal);
      return answer;
    } finally {
      owner.end();
      if (isShown.current) {
        setWaiting(null);
        setRunning(false);
      }
    }
  };

  const { unsettled } = intention;
  return {
    isRunning,
    waiting,
    // It offers to try again, which is safe no longer.
    refusal: unsettled?.isOutdated === true ? null : refusal,
    unsettled,
    run,
    giveUp: () => person.current.abort(),
    hush: () => setRefusal(null),
    dismiss: () => {
      intention.forget();
      setRefusal(null);
      setDismissed((times) => times + 1);
    },
  };
}
