import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  /** For CLERK_JWT_KEY. */
  publicPem: string;
  /** For the key set at /v1/jwks. */
  jwk: object;
}

/** The RSA key of an instance's session tokens, made when it is first wanted. */
export function lazySigningKey(kid: string): () => SigningKey {
  let made: SigningKey | undefined;
  return () => {
    made ??= makeKey(kid);
    return made;
  };
}

function makeKey(kid: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    kid,
    privateKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    jwk: { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid },
  };
}
