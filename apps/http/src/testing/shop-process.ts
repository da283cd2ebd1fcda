import { fileURLToPath } from 'node:url';
import { Client } from './client.js';
import { NodeProcess } from './node-process.js';

const built = (name: string): string =>
  fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));

/** The app as everybody runs it, or in a greater hurry to tell the platform. */
const MAINS = { usual: built('main'), hasty: built('testing/hasty-main') };

/** The built HTTP app in a process of its own, on a free port. */
export class ShopProcess {
  private constructor(
    private readonly process: NodeProcess,
    readonly url: string,
    readonly anybody: Client,
  ) {}

  /** Resolves when it listens; rejects with what it printed when it ends before that. */
  static async start(
    environment: Readonly<Record<string, string>>,
    main: keyof typeof MAINS = 'usual',
  ): Promise<ShopProcess> {
    const variables = {
      PORT: '0',
      MANAGEMENT_PORT: '0',
      HOST: '127.0.0.1',
      WARM_UP: 'off',
      ...environment,
    };
    const ready = /"port":(\d+).*"msg":"listening"/;
    const process = await NodeProcess.start(MAINS[main], variables, ready);
    const url = `http://127.0.0.1:${process.greeting[1]}`;
    return new ShopProcess(process, url, new Client(url));
  }

  get managementUrl(): string {
    return this.process.managementUrl;
  }

  /** The latest lines of its log. */
  get printed(): readonly string[] {
    return this.process.printed;
  }

  kill(): Promise<void> {
    return this.process.kill();
  }

  stop(): Promise<number | null> {
    return this.process.stop();
  }
}
