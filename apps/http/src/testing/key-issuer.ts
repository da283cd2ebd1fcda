import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

/** A key pair of an issuer. */
interface IssuersKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
  /** The public key as a text, which is no secret. */
  readonly pem: string;
}

/** Issues tokens, and publishes the keys to verify them by over HTTP. */
export class KeyIssuer {
  /** How often somebody has asked for the keys. */
  asked = 0;
  private keys: readonly IssuersKey[] = [];
  private answer: 'keys' | 'nothing' | 'fault' = 'keys';

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** Publishes nothing yet. */
  static async start(): Promise<KeyIssuer> {
    const server = createServer((_request, response) => {
      issuer.asked += 1;
      if (issuer.answer === 'nothing') return;
      if (issuer.answer === 'fault') response.writeHead(500).end();
      else response.end(JSON.stringify({ keys: issuer.keys.map(({ published }) => published) }));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const issuer = new KeyIssuer(server, `http://127.0.0.1:${port}/keys`);
    return issuer;
  }

  /** Makes a key and publishes it beside those that there are. */
  async addKey(kid: string, algorithm = 'ES256'): Promise<IssuersKey> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const published = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
    const pem = await exportSPKI(publicKey);
    const key = { kid, algorithm, privateKey, published, pem };
    this.keys = [...this.keys, key];
    return key;
  }

  removeKey(kid: string): void {
    this.keys = this.keys.filter((key) => key.kid !== kid);
  }

  /** What whoever asks for the keys is told from now on. */
  answerWith(answer: 'keys' | 'nothing' | 'fault'): void {
    this.answer = answer;
  }

  /** A token, signed by this key. */
  sign(key: IssuersKey, claims: JWTPayload, header: object = {}): Promise<string> {
    const { kid, algorithm: alg, privateKey } = key;
    return new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
