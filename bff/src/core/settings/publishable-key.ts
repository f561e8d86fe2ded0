import { z } from 'zod';

/** Returns the Frontend API host that a publishable key of Clerk names; null for an invalid key. */
export function frontendHost(publishableKey: string | null): string | null {
  const encoded = publishableKey?.replace(/^pk_(test|live)_/, '') ?? '';
  const name = Buffer.from(encoded, 'base64').toString('utf8').replace(/\$$/, '');
  return /^[\w.:-]+$/.test(name) ? name : null;
}

export const publishableKey = z
  .string()
  .regex(/^pk_(test|live)_/, 'must begin with pk_test_ or pk_live_')
  .refine(
    (key) => frontendHost(key)?.includes('.') || frontendHost(key)?.startsWith('localhost'),
    'is not a complete key',
  );
