import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it came over the wire. */
export interface HeardSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly status: { readonly code?: number };
}

interface Export {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly HeardSpan[] }[];
  }[];
}

/** A collector of traces, by OTLP over HTTP in JSON. */
export class Collector {
  readonly spans: HeardSpan[] = [];
  /** Everything that it was sent, as it came. */
  text = '';
  private readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      this.text += `${request.url}\n${body}\n`;
      const { resourceSpans } = JSON.parse(body) as Export;
      for (const { scopeSpans } of resourceSpans) {
        for (const { spans } of scopeSpans) this.spans.push(...spans);
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  static async start(): Promise<Collector> {
    const collector = new Collector();
    collector.server.listen(0, '127.0.0.1');
    await once(collector.server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The spans of a trace, each as the names from the outermost one to itself. */
  paths(traceId: string): readonly string[] {
    const known = new Map(this.spans.map((span) => [span.spanId, span]));
    const pathOf = ({ name, parentSpanId = '' }: HeardSpan): string => {
      const parent = known.get(parentSpanId);
      return parent === undefined ? name : `${pathOf(parent)} > ${name}`;
    };
    return this.spans.filter((span) => span.traceId === traceId).map(pathOf);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
