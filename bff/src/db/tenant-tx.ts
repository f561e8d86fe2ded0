import type { Prisma, PrismaClient } from '@rolecall/prisma/client';
import type { Scope } from '../core/actor.ts';
import { withStatements } from './connect/change-pool.ts';
import { inScope } from './scope.ts';
import { sqlState } from './sql-error.ts';

export type Tx = Prisma.TransactionClient;

const RETRYABLE = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 10;
const TIMEOUT_MS = 10_000;

interface TxOptions {
  /** Milliseconds. */
  timeout?: number | undefined;
  /** Otherwise read committed, which all logins have by default. */
  isolationLevel?: 'RepeatableRead';
}

/** Runs a transaction inside one tenant. */
export const tenantTx = <T>(
  client: PrismaClient,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  options?: TxOptions,
): Promise<T> =>
  transaction(
    client,
    async (tx) => {
      // A new transaction has no scope.
      if (scope.tenantId !== null || scope.userId !== null) await setScope(tx, scope);
      return work(tx);
    },
    options,
  );

/** Runs a transaction that sets its scope itself. Only serialization failures and deadlocks are retried. */
export async function transaction<T>(
  client: PrismaClient,
  work: (tx: Tx) => Promise<T>,
  { timeout = TIMEOUT_MS, ...options }: TxOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withStatements((wrap) =>
        client.$transaction((tx) => work(wrap(tx)), { maxWait: 1_500, timeout, ...options }),
      );
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
      await new Promise((resume) => setTimeout(resume, Math.random() * 20 * attempt));
    }
  }
}

/** Runs single statements inside one tenant, one round trip each. */
export const tenantRead = <T>(
  client: PrismaClient,
  scope: Scope,
  read: (client: PrismaClient) => Promise<T>,
): Promise<T> => inScope(scope, () => read(client));

/** Reads as another user, inside the same transaction and tenant. */
export async function asUser<T>(tx: Tx, scope: Scope, userId: string, ask: (tx: Tx) => Promise<T>): Promise<T> {
  await setScope(tx, { ...scope, userId });
  try {
    return await ask(tx);
  } finally {
    await setScope(tx, scope);
  }
}

async function setScope(tx: Tx, { tenantId, userId }: Scope): Promise<void> {
  await tx.$queryRaw`SELECT set_config('app.current_tenant_id', ${tenantId ?? ''}, true), set_config('app.current_user_id', ${userId ?? ''}, true)`;
}
