import { type ClientRequest, get, type IncomingMessage } from 'node:http';

import { documentGuard } from './api/guard.js';

/** A message of a stream of events, with its fields as they came. */
export interface HeardEvent {
  readonly id: string | undefined;
  /** Undefined for a message that only moves the position. */
  readonly event: string | undefined;
  /** Its JSON. */
  readonly data: any;
}

export interface ListenOptions {
  readonly lastEventId?: string;
}

/** A client of server-sent events that keeps everything it hears. */
export class EventListener {
  readonly events: HeardEvent[] = [];
  readonly comments: string[] = [];
  /** The position that a browser would come back with. */
  lastEventId = '';
  isOver = false;
  /** Then the document must tell of all that is heard. */
  private readonly isOfTheApi: boolean;
  private rest = '';
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly request: ClientRequest,
    readonly response: IncomingMessage,
    private readonly path: string,
  ) {
    this.isOfTheApi = path.startsWith('/api/');
    const status = response.statusCode ?? 0;
    const headers = new Headers(response.headers as Readonly<Record<string, string>>);
    if (this.isOfTheApi) {
      documentGuard().check({ method: 'GET', path, status, headers, text: undefined });
    }
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.hear(text));
    for (const end of ['close', 'error'] as const) response.on(end, () => this.end());
  }

  /** Resolves when the stream has begun, and its first words were heard. */
  static async listen(url: string, { lastEventId }: ListenOptions = {}): Promise<EventListener> {
    const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
    const listener = await new Promise<EventListener>((resolve, reject) => {
      const request = get(url, { headers, agent: false }, (response) => {
        resolve(new EventListener(request, response, new URL(url).pathname));
      });
      request.on('error', reject);
    });
    await listener.until('its first words', () => listener.lastEventId !== '' || listener.isOver);
    return listener;
  }

  /** The events of one kind. */
  of(event: string): readonly HeardEvent[] {
    return this.events.filter((each) => each.event === event);
  }

  /** Resolves once `condition` holds, which is looked at whenever something was heard. */
  async until(what: string, condition: () => boolean, withinMs = 10_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!condition()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`${what}: not heard within ${withinMs} ms`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, left);
        this.waiting.add(wake);
      });
    }
  }

  /** Hangs up. */
  close(): void {
    this.request.destroy();
  }

  private hear(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) this.take(block.split('\n'));
    for (const wake of this.waiting) wake();
  }

  private take(lines: readonly string[]): void {
    const fields = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon === 0) this.comments.push(line.slice(1).trim());
      else fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
    }
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data === undefined) return;
    const [event, told] = [fields.get('event'), JSON.parse(data) as unknown];
    if (this.isOfTheApi) documentGuard().checkEvent(this.path, event ?? 'message', told);
    this.events.push({ id: fields.get('id'), event, data: told });
  }

  private end(): void {
    this.isOver = true;
    for (const wake of this.waiting) wake();
  }
}
