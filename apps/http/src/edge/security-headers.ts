import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** JSON is neither a page nor a part of one: nothing may be loaded by it, nobody may frame it or guess what it is. */
const setHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  xFrameOptions: { action: 'deny' },
  // Express is told not to say it.
  xPoweredBy: false,
  // These govern pages only.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** Names and values in turn. They are the same for every answer, so they are made once. */
export const SECURITY_HEADERS: readonly string[] = (() => {
  const headers: string[] = [];
  const response = { setHeader: (name: string, value: string) => headers.push(name, value) };
  setHeaders({} as IncomingMessage, response as unknown as ServerResponse, (fault) => {
    if (fault instanceof Error) throw fault;
  });
  return headers;
})();
