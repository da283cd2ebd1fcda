import type { PlatformSimulator } from '@jumun/adapters';
import { shopInMemory } from '@jumun/application/testing';
import { documentOf } from '../../openapi/document.js';
import { devPlatformRoutes } from '../../routes/dev-platform.js';
import type { Route } from '../../routes/route.js';
import { routesOn } from '../memory-server.js';
import type { ApiDocument } from './document.js';

/** Whoever describes a route does not call it. */
const NOBODY = {} as PlatformSimulator;

/** The document that the sources make, with everything that any profile has, as plain JSON. */
export const currentDocument = (): ApiDocument =>
  documented([...routesOn(shopInMemory()), ...devPlatformRoutes(NOBODY)]);

/** The document of these routes, as a client gets it. */
export const documented = (routes: readonly Route[]): ApiDocument =>
  JSON.parse(JSON.stringify(documentOf(routes))) as ApiDocument;
