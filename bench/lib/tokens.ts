import { SignJWT } from 'jose';
import { SECRET } from './service.ts';

const key = new TextEncoder().encode(SECRET);

/** A customer's token, good for as long as any bench takes. */
export const mintToken = (customer: number): Promise<string> =>
  new SignJWT({ roles: [] })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(String(customer))
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(key);
