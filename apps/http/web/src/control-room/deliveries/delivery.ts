import type { Schemas } from '../../api/document.js';

/** A message to the data platform, and what has become of it. */
export type Delivery = Schemas['Delivery'];
