import type { RefusalOf } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { type Deed, useDeed } from '../../api/use-deed.js';

interface ChargeRequest {
  /** Whole won. */
  readonly amount: number;
}

export type ChargeDeed = Deed<
  ChargeRequest,
  Schemas['Charge'],
  RefusalOf<'post', '/api/v1/wallet/charges'>
>;

/** Charging the wallet. `purpose` tells the intentions of several places apart. */
export const useCharge = (purpose: string): ChargeDeed =>
  useDeed(`charge.${purpose}`, ({ request }: { readonly request: ChargeRequest }, options) =>
    api.post('/api/v1/wallet/charges', { body: request }, options),
  );

/** The balance of whoever is signed in. */
export const readWallet = (options: object = {}) => api.get('/api/v1/wallet', {}, options);
