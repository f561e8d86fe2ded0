import { scryptSync } from 'node:crypto';

const COST = { N: 16_384, r: 16, p: 1 };
const KEY_BYTES = 64;

/** Runs in a thread of its own. The format of the hash is Better Auth's: `salt:key`, the parameters too. */
export default ({ password, salt }: { password: string; salt: string }): string =>
  scryptSync(password.normalize('NFKC'), salt, KEY_BYTES, {
    ...COST,
    maxmem: 2 * 128 * COST.N * COST.r,
  }).toString('hex');
