import type {
  BurstReport,
  CouponBurst,
  CrowdTask,
  LoopReport,
  OrderTrickle,
  ReadingLoop,
  ReadingRush,
  RushReport,
  TrickleReport,
} from './crowd-tasks.ts';
import { Generator } from './generator.ts';

const PROGRAM = new URL('crowd-process.ts', import.meta.url);

type Bare<Task> = Omit<Task, 'kind'>;

/** Customers with open connections, in a process of their own. */
export class Crowd {
  private readonly generator: Generator<CrowdTask>;
  private readonly name: string;
  readonly connections: number;

  constructor(generator: Generator<CrowdTask>, name: string, connections: number) {
    this.generator = generator;
    this.name = name;
    this.connections = connections;
  }

  burst(burst: Bare<CouponBurst>): Promise<BurstReport> {
    return this.generator.run({ kind: 'BURST', crowd: this.name, ...burst });
  }

  loop(loop: Bare<ReadingLoop>): Promise<LoopReport> {
    return this.generator.run({ kind: 'LOOP', crowd: this.name, ...loop });
  }

  rush(rush: Bare<ReadingRush>): Promise<RushReport> {
    return this.generator.run({ kind: 'RUSH', crowd: this.name, ...rush });
  }

  trickle(trickle: Bare<OrderTrickle>): Promise<TrickleReport> {
    return this.generator.run({ kind: 'TRICKLE', crowd: this.name, ...trickle });
  }

  close(): Promise<unknown> {
    return this.generator.run({ kind: 'CLOSE', crowd: this.name });
  }
}

/** Opens the connections of a crowd, spread over the servers at `urls`. */
export type OpenCrowds = (urls: readonly string[], connections: number) => Promise<Crowd>;

/** Runs `use` with a process for all the crowds that it opens; they do one thing at a time. */
export async function withCrowds<T>(use: (open: OpenCrowds) => Promise<T>): Promise<T> {
  const generator = Generator.start<CrowdTask>(PROGRAM);
  let opened = 0;
  try {
    return await use(async (urls, connections) => {
      opened += 1;
      const crowd = `crowd ${opened}`;
      await generator.run({ kind: 'OPEN', crowd, urls, connections });
      return new Crowd(generator, crowd, connections);
    });
  } finally {
    await generator.stop();
  }
}
