import { errors, type JWTVerifyGetKey, type JWTVerifyOptions, type JWTVerifyResult, jwtVerify } from 'jose';

/** As jwtVerify, with several keys: the previous secret fits what the current one does not. */
export async function verifyWithAny(
  token: string,
  [key, ...others]: readonly [JWTVerifyGetKey, ...JWTVerifyGetKey[]],
  rules: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  const [next, ...rest] = others;
  try {
    return await jwtVerify(token, key, rules);
  } catch (error) {
    if (!next || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    return verifyWithAny(token, [next, ...rest], rules);
  }
}

/** The keys of secrets that are shared with the issuer. */
export const sharedKeys = ([current, ...previous]: readonly [string, ...string[]]) => {
  const keyOf = (secret: string): JWTVerifyGetKey => {
    const key = new TextEncoder().encode(secret);
    return async () => key;
  };
  return [keyOf(current), ...previous.map(keyOf)] as const;
};
