import type { z } from 'zod';
import type { KeyContext } from '../../core/context.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { AccessCheckAnswer, AccessCheckRequest } from './schema.ts';

/**
 * What the guard would decide for each of these people at this moment, in one statement and in their order. A key learns
 * nothing about other tenants than its own, unless it is the platform's.
 */
export async function checkAccess(
  { services, scope }: KeyContext,
  { checks }: z.output<typeof AccessCheckRequest>,
): Promise<z.input<typeof AccessCheckAnswer>> {
  const [answer] = await tenantRead(
    services.db.server,
    scope,
    (client) =>
      client.$queryRaw<{ allowed: boolean[] }[]>`SELECT access_check(${JSON.stringify(checks)}::jsonb) AS allowed`,
  );
  if (answer?.allowed.length !== checks.length) throw new Error('access_check() answers each check');
  return { results: answer.allowed.map((allowed) => ({ allowed })) };
}
