import { Generator } from '../lib/generator.ts';

export type ListenerTask =
  | { readonly kind: 'OPEN'; readonly url: string; readonly count: number }
  | { readonly kind: 'CLOSE' };

/** What all that listened have heard. */
export interface Listening {
  /** Rankings, counted for everybody who heard of them. */
  readonly told: number;
  /** Streams that ended by themselves. */
  readonly lost: number;
}

const PROGRAM = new URL('listeners-process.ts', import.meta.url);

/** Readers who have a page open, in a process of their own. */
export class Listeners {
  private readonly generator = Generator.start<ListenerTask>(PROGRAM);

  /** Resolves when all of them listen. */
  async open(url: string, count: number): Promise<void> {
    await this.generator.run({ kind: 'OPEN', url, count });
  }

  /** All of them leave. */
  close(): Promise<Listening> {
    return this.generator.run({ kind: 'CLOSE' });
  }

  stop(): Promise<void> {
    return this.generator.stop();
  }
}
