import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network before a server, whose connections can be slow to make, and get lost without a word to either end. */
export class Network {
  readonly url: string;
  private readonly server: Server;
  private readonly lines: readonly (readonly [Socket, Socket])[];

  private constructor(url: string, server: Server, lines: readonly (readonly [Socket, Socket])[]) {
    this.url = url;
    this.server = server;
    this.lines = lines;
  }

  static async before(serverUrl: string, delayMs = 0): Promise<Network> {
    const { hostname, port } = new URL(serverUrl);
    const lines: [Socket, Socket][] = [];
    const server = createServer((near) => {
      near.on('error', () => {});
      setTimeout(() => {
        const far = connect({ host: hostname, port: Number(port || 6379) });
        far.on('error', () => near.destroy());
        far.on('close', () => near.destroy());
        near.on('close', () => far.destroy());
        near.pipe(far).pipe(near);
        lines.push([near, far]);
      }, delayMs);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as AddressInfo;
    return new Network(`redis://127.0.0.1:${address.port}`, server, lines);
  }

  /** From now on, nothing gets through on the connections that there are. */
  lose(): void {
    for (const [near, far] of this.lines) {
      near.unpipe(far);
      far.unpipe(near);
    }
  }

  close(): void {
    this.server.close();
    for (const end of this.lines.flat()) end.destroy();
  }
}
