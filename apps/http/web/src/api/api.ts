import { isConnectionLost, onTryNow } from '../shell/connection-banner.js';
import { currentToken, renewToken } from '../shell/session.js';
import { ApiClient } from './client.js';
import { Connection } from './connection.js';
import { ServerClock } from './server-clock.js';
import { browserSurroundings } from './surroundings.js';

/** The client of this page, and what it knows: made once, of the browser's own things. */
export const surroundings = browserSurroundings();
export const connection = new Connection(surroundings);
export const serverClock = new ServerClock(surroundings.now);
export const api = new ApiClient(
  surroundings,
  { token: currentToken, renew: renewToken },
  connection,
  serverClock,
);

/** The time by the server, in milliseconds since 1970: it is the one that judges what is over. */
export const serverTime = (): number => serverClock.time();

connection.watch((state) => {
  isConnectionLost.value = state === 'lost';
});
onTryNow(() => connection.probeNow());
// The browser knows of its own network at once; whether the shop can be reached is asked.
addEventListener('offline', () => connection.lost());
addEventListener('online', () => connection.probeNow());
