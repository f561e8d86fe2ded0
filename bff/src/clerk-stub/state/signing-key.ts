import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  /** CLERK_JWT_KEY */
  publicPem: string;
  /** Entry of /v1/jwks. */
  jwk: object;
}

/** Returns the RSA key of an instance's session tokens, created on first use. */
export function lazySigningKey(kid: string): () => SigningKey {
  let created: SigningKey | undefined;
  return () => {
    created ??= makeKey(kid);
    return created;
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
