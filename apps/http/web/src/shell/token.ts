/** What the pages read in a token. */
export interface Claims {
  readonly userId: number;
  readonly isOperator: boolean;
}

/** What stands in a token, without asking whether it is true: the shop does that. Null: it is no token. */
export function readToken(text: string): Claims | null {
  try {
    const [, payload = ''] = text.split('.');
    const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(atob(base64)) as { sub?: unknown; roles?: unknown };
    const userId = Number(claims.sub);
    if (!Number.isSafeInteger(userId) || userId < 1) return null;
    return { userId, isOperator: Array.isArray(claims.roles) && claims.roles.includes('operator') };
  } catch {
    return null;
  }
}
