/** What ids are given to. Each kind counts for itself. */
export type IdKind =
  | 'product'
  | 'order'
  | 'payment'
  | 'walletEntry'
  | 'couponCampaign'
  | 'coupon'
  | 'review'
  | 'delivery';

/**
 * Ids are given by the application, not by the database, so that a batch knows them all before it writes a row. An id is
 * given once, by whatever process and however often it was restarted; ids that were given and not used leave gaps.
 */
export interface IdSource {
  /** `count` new ids of one kind, ascending. Never called inside a transaction. */
  allocate(kind: IdKind, count: number): Promise<readonly number[]>;
}
