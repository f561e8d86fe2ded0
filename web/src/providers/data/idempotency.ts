/**
 * One Idempotency-Key per thing a person wants to create: pressing the button again after a lost answer repeats the same
 * intent, while a definite answer (done, or refused) ends it.
 */
const open = new Map<string, string>();

const nameOf = (path: string, body: unknown) => `${path} ${JSON.stringify(body ?? null)}`;

export function idempotencyKey(path: string, body: unknown): string {
  const name = nameOf(path, body);
  const key = open.get(name) ?? crypto.randomUUID();
  open.set(name, key);
  return key;
}

export const clearIdempotencyKey = (path: string, body: unknown) => void open.delete(nameOf(path, body));
