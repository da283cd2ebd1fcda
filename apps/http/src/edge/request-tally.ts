import { Distribution, type DistributionSnapshot } from '@jumun/application';

/** Requests to one route by one method. */
export interface RouteCounts {
  readonly route: string;
  readonly method: string;
  /** By the status of the answer; `aborted` where the client was gone before it was sent. */
  readonly byStatus: readonly (readonly [status: string, count: number])[];
  /** From the request's arrival to its answer's being sent, in milliseconds. */
  readonly tookMs: DistributionSnapshot;
}

export interface RequestCounts {
  readonly routes: readonly RouteCounts[];
  /** Requests that are being answered now. */
  readonly inFlight: number;
}

/** Bounds for how long a request takes, in milliseconds. */
const BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const;

/** Methods that are told apart: a client may write whatever it likes, and every word would be a figure of its own. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'OPTIONS']);
const OTHER_METHOD = 'other';
/** What was for no route. */
const NO_ROUTE = 'none';
const ABORTED = 0;

interface Cell {
  readonly byStatus: Map<number, number>;
  readonly tookMs: Distribution;
}

/**
 * Counts requests by the pattern of their route, their method and the status of their answer. It is on the way of every
 * request, so nothing is made for one: finding the cell takes two look-ups, and counting in it a few additions.
 */
export class RequestTally {
  private readonly cells = new Map<string, Map<string, Cell>>();
  private inFlight = 0;

  /** A request is being answered; {@link ended} will be called once. */
  begun(): void {
    this.inFlight += 1;
  }

  ended(): void {
    this.inFlight -= 1;
  }

  /** `status` is null where the client was gone before its answer was sent. */
  note(
    route: string | undefined,
    method: string | undefined,
    status: number | null,
    ms: number,
  ): void {
    const { byStatus, tookMs } = this.cellOf(route ?? NO_ROUTE, method ?? OTHER_METHOD);
    const key = status ?? ABORTED;
    byStatus.set(key, (byStatus.get(key) ?? 0) + 1);
    tookMs.add(ms);
  }

  counts(): RequestCounts {
    const routes = [...this.cells].flatMap(([route, methods]) =>
      [...methods].map(([method, { byStatus, tookMs }]) => ({
        route,
        method,
        byStatus: [...byStatus].map(
          ([status, count]) => [status === ABORTED ? 'aborted' : String(status), count] as const,
        ),
        tookMs: tookMs.toSnapshot(),
      })),
    );
    return { routes, inFlight: this.inFlight };
  }

  private cellOf(route: string, written: string): Cell {
    const method = METHODS.has(written) ? written : OTHER_METHOD;
    let methods = this.cells.get(route);
    if (methods === undefined) {
      methods = new Map();
      this.cells.set(route, methods);
    }
    let cell = methods.get(method);
    if (cell === undefined) {
      cell = { byStatus: new Map(), tookMs: new Distribution(BOUNDS_MS) };
      methods.set(method, cell);
    }
    return cell;
  }
}
