/** The database or another thing we stand on is away. Nothing was half done. */
export class DependencyUnavailable extends Error {
  override readonly name = 'DependencyUnavailable';
}

/** The connection broke between sending COMMIT and hearing of it: the work may or may not be saved. Never run it again. */
export class CommitOutcomeUnknown extends Error {
  override readonly name = 'CommitOutcomeUnknown';
}
