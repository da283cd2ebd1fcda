import { Agent, get } from 'node:http';

/** What a crowd of readers has seen. */
export interface Seen {
  reads: number;
  /** Everything that was not a 200, and connections that broke. */
  readonly failures: string[];
  /** How long reads took, in milliseconds. */
  readonly tookMs: number[];
}

/** A crowd that reads one page on open connections, each reader again as soon as it was answered, until it is told to stop. */
export class Readers {
  private readonly agent: Agent;
  private readonly reading: Promise<unknown>;
  private isStopping = false;
  private seen: Seen = { reads: 0, failures: [], tookMs: [] };

  /** `urls` are read in turn, by as many readers as `count`. */
  constructor(urls: readonly string[], count: number) {
    this.agent = new Agent({ keepAlive: true, maxSockets: count });
    this.reading = Promise.all(
      Array.from({ length: count }, async (_, reader) => {
        for (let at = reader; !this.isStopping; at += 1) await this.read(urls[at % urls.length]);
      }),
    );
  }

  /** What was seen since it was last asked. */
  look(): Seen {
    const { seen } = this;
    this.seen = { reads: 0, failures: [], tookMs: [] };
    return seen;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.reading;
    this.agent.destroy();
  }

  private read(url = ''): Promise<void> {
    const { agent } = this;
    const began = performance.now();
    return new Promise((resolve) => {
      const settle = (failure?: string): void => {
        this.seen.reads += 1;
        this.seen.tookMs.push(performance.now() - began);
        if (failure !== undefined) this.seen.failures.push(failure);
        resolve();
      };
      get(url, { agent }, (answer) => {
        answer.resume();
        const status = answer.statusCode ?? 0;
        answer.on('end', () => settle(status === 200 ? undefined : `${url}: ${status}`));
        answer.on('error', (fault) => settle(`${url}: ${fault.message}`));
      }).on('error', (fault) => settle(`${url}: ${fault.message}`));
    });
  }
}
