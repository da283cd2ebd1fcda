import { shopInMemory } from '@jumun/application/testing';
import { documentOf } from '../../openapi/document.js';
import { routesOn } from '../memory-server.js';
import type { ApiDocument } from './document.js';

/** The document that the sources make, with everything that any profile has, as plain JSON. */
export const currentDocument = (): ApiDocument =>
  JSON.parse(JSON.stringify(documentOf(routesOn(shopInMemory())))) as ApiDocument;
