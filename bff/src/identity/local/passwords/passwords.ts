import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { AppError } from '../../../core/errors.ts';
import { areEqual } from '../../../core/values/equal.ts';

const MAX_THREADS = 2;
export type Passwords = ReturnType<typeof createPasswords>;

/** At about 60 ms each, the last in line waits for about half a second. */
const MAX_WAITING = 16;
const RETRY_SECONDS = 1;

/**
 * Hashes and verifies passwords in few threads of their own, because Node's shared threads also serve new database connections
 * and files. Throws rate_limited when too many wait already.
 */
export function createPasswords() {
  const threads = new Piscina<{ password: string; salt: string }, string>({
    filename: new URL('./scrypt.worker.ts', import.meta.url).href,
    minThreads: 0,
    // One core stays free for requests.
    maxThreads: Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1)),
    maxQueue: MAX_WAITING,
    idleTimeout: 30_000,
  });
  const keyOf = (password: string, salt: string) => {
    if (threads.queueSize >= MAX_WAITING) throw new AppError('rate_limited', { retryAfterSeconds: RETRY_SECONDS });
    return threads.run({ password, salt });
  };
  return {
    /** Returns how many wait for a thread. */
    waiting: () => threads.queueSize,
    async hash(password: string): Promise<string> {
      const salt = randomBytes(16).toString('hex');
      return `${salt}:${await keyOf(password, salt)}`;
    },
    async verify({ hash, password }: { hash: string; password: string }): Promise<boolean> {
      const [salt = '', key = ''] = hash.split(':');
      return areEqual(Buffer.from(key, 'hex'), Buffer.from(await keyOf(password, salt), 'hex'));
    },
  };
}
