import type { Route } from './routes/route.js';

/** A route, and what its path says of its parameters. */
export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Entry {
  readonly route: Route;
  readonly pattern: RegExp;
}

const NO_PARAMS: Found['params'] = {};

/**
 * Finds the routes that a crowd asks for: those that take something and can be too busy. Express's router compares a path
 * with one route after the other, and theirs come late. It knows paths as clients write them, with numbers for parameters.
 * Whatever else there is (other methods, other spellings, what nothing stands at) is left to Express.
 */
export class DirectRoutes {
  private readonly entries: readonly Entry[];

  constructor(routes: readonly Route[]) {
    this.entries = routes
      .filter(({ method, isBusy }) => method === 'POST' && isBusy !== undefined)
      .map((route) => ({ route, pattern: patternOf(route.path) }));
  }

  /** The route of a request for this path, without a query; undefined where Express must look. */
  find(method: string | undefined, path: string): Found | undefined {
    if (method !== 'POST') return undefined;
    for (const { route, pattern } of this.entries) {
      const match = pattern.exec(path);
      if (match !== null) return { route, params: match.groups ?? NO_PARAMS };
    }
    return undefined;
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/:(\w+)/g, String.raw`(?<$1>\d+)`)}$`);
