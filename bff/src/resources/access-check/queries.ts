import type { z } from 'zod';
import type { KeyContext } from '../../core/context.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { AccessCheckAnswer, AccessCheckRequest } from './schema.ts';

/**
 * Returns what the guard would decide now for each of the checks, in one statement and in order. A key is denied for other tenants than
 * its own, unless it is a key of the platform.
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
  if (answer?.allowed.length !== checks.length) throw new Error('access_check() must return one result per check');
  return { results: answer.allowed.map((allowed) => ({ allowed })) };
}
