import type { RollUp } from '@jumun/application';

/** What the counts of sales came to, in this process. */
export interface RollUpCounts {
  readonly records: number;
  /** Of the rankings. */
  readonly versions: number;
}

/** Adds up what each count of the sales came to. */
export class RollUpTally {
  private records = 0;
  private versions = 0;

  note({ records, version }: RollUp): void {
    this.records += records;
    if (version !== null) this.versions += 1;
  }

  counts(): RollUpCounts {
    return { records: this.records, versions: this.versions };
  }
}
