/**
 * One Idempotency-Key per object to create: submitting again after a lost response reuses it, while a definite response
 * (success or error) clears it.
 */
const keys = new Map<string, string>();

const requestOf = (path: string, body: unknown) => `${path} ${JSON.stringify(body ?? null)}`;

export function idempotencyKey(path: string, body: unknown): string {
  const request = requestOf(path, body);
  const key = keys.get(request) ?? crypto.randomUUID();
  keys.set(request, key);
  return key;
}

export const clearIdempotencyKey = (path: string, body: unknown) => void keys.delete(requestOf(path, body));
