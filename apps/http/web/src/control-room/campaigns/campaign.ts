import type { Schemas } from '../../api/document.js';

/** A campaign as its operator sees it. */
export type Campaign = Schemas['OperatorCampaign'];
