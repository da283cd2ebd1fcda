import type { Schemas } from '../../api/document.js';

/** A product, and all its pieces. */
export type Shelf = Schemas['Shelf'];
