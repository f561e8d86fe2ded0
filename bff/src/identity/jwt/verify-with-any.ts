import { errors, type JWTVerifyGetKey, type JWTVerifyOptions, type JWTVerifyResult, jwtVerify } from 'jose';

export type Keys = readonly [JWTVerifyGetKey, ...JWTVerifyGetKey[]];

/** As jwtVerify, with each of several keys: those of a rotation, and all that fit a token which names none. */
export async function verifyWithAny(
  token: string,
  [key, ...others]: Keys,
  rules: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, key, rules);
  } catch (error) {
    const [next, ...rest] = [...(await candidatesOf(error)), ...others];
    if (!next || !isOfOneKey(error)) throw error;
    return verifyWithAny(token, [next, ...rest], rules);
  }
}

const isOfOneKey = (error: unknown) =>
  error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSMultipleMatchingKeys;

async function candidatesOf(error: unknown): Promise<JWTVerifyGetKey[]> {
  const found: JWTVerifyGetKey[] = [];
  if (error instanceof errors.JWKSMultipleMatchingKeys) for await (const key of error) found.push(async () => key);
  return found;
}

/** The keys of secrets that are shared with the issuer. */
export const sharedKeys = ([current, ...previous]: readonly [string, ...string[]]) => {
  const keyOf = (secret: string): JWTVerifyGetKey => {
    const key = new TextEncoder().encode(secret);
    return async () => key;
  };
  return [keyOf(current), ...previous.map(keyOf)] as const;
};
