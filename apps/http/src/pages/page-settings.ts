/** What the pages are told by the server that serves them; it stands in a `meta` element of each. */
export interface PageSettings {
  /** Whether the shop gives anybody a token for anyone, so that one may choose who to be. */
  readonly personas: boolean;
  /** Where the shop's own identity service gives a token to whoever is signed in there. */
  readonly tokenUrl: string | null;
  /** Where whoever is not signed in there is sent. */
  readonly signInUrl: string | null;
}

/** The name of that `meta` element. */
export const SETTINGS_NAME = 'jumun-settings';
