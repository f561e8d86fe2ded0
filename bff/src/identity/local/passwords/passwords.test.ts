import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { describe, expect, it } from 'vitest';
import { createPasswords } from './passwords.ts';

const passwords = createPasswords();

describe('password hashes', () => {
  it('are interchangeable with those of Better Auth', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await verifyPassword({ hash, password: 'correct horse' })).toBe(true);
    const theirs = await hashPassword('correct horse');
    expect(await passwords.verify({ hash: theirs, password: 'correct horse' })).toBe(true);
    expect(await passwords.verify({ hash: theirs, password: 'wrong horse' })).toBe(false);
  });

  it('are refused with rate_limited beyond a short queue', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 100 }, () => passwords.hash('correct horse')));
    const refused = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    expect(refused.length).toBeGreaterThan(50);
    expect(refused.every(({ code }) => code === 'rate_limited')).toBe(true);
    expect(attempts.length - refused.length).toBeGreaterThanOrEqual(16);
  });
});
