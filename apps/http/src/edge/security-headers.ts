import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

type Directives = Readonly<Record<string, readonly string[]>>;

/** JSON is neither a page nor a part of one: nothing may be loaded by it, nobody may frame it or guess what it is. */
const NOTHING: Directives = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };

/** A page of ours: all that it loads is ours too, and nothing of it is written into the page itself. */
const OUR_PAGE: Directives = {
  ...NOTHING,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  // Its icons are written into its style sheet.
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
};

/** A page that makes no markup of texts, and so can ask the browser to forbid it. */
const STRICT_PAGE: Directives = {
  ...OUR_PAGE,
  fontSrc: ["'self'"],
  manifestSrc: ["'self'"],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ["'none'"],
};

/** Names and values in turn. */
function headersFor(directives: Directives): readonly string[] {
  const setHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...directives } },
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
  const headers: string[] = [];
  const response = { setHeader: (name: string, value: string) => headers.push(name, value) };
  setHeaders({} as IncomingMessage, response as unknown as ServerResponse, (fault) => {
    if (fault instanceof Error) throw fault;
  });
  return headers;
}

/** They are the same for every answer but a page, so they are made once. */
export const SECURITY_HEADERS: readonly string[] = headersFor(NOTHING);

/** Of the page of the API's document. */
export const PAGE_SECURITY_HEADERS: readonly string[] = headersFor(OUR_PAGE);

/** Of the shop's own pages, which may ask these origins beside ours. */
export const pageSecurityHeaders = (origins: readonly string[]): readonly string[] =>
  headersFor({ ...STRICT_PAGE, connectSrc: ["'self'", ...origins] });
