import { TenantStatus } from '../../core/schema.ts';
import { blockedBy, explainedPath } from '../explain/explain.ts';
import { readAbout } from './about.ts';
import { grantingAssignments, type Reader, readAccessAt, readAssignmentsAt, readRolesAt } from './as-of.ts';
import type { EffectiveAccess } from './schema.ts';

/** Returns every permission that a user held in the current tenant, and through which roles. */
export async function readEffectiveAt(
  client: Reader,
  { tenantId, userId, asOf }: { tenantId: string; userId: string; asOf: string },
): Promise<Omit<EffectiveAccess, 'eligibleGrantors'>> {
  const [access, roles, assignments, about] = await Promise.all([
    readAccessAt(client, userId, tenantId, asOf),
    readRolesAt(client, asOf),
    readAssignmentsAt(client, tenantId, userId, asOf),
    readAbout(client, tenantId, userId),
  ]);
  const codes = [...new Set([...access.permissions, ...access.platformPermissions])].sort();
  const isKnown = about.isKnown || codes.length > 0;
  const catalogued = await client.$queryRaw<{ code: string; description: string }[]>`
    SELECT code, description FROM permission WHERE code = ANY (${codes}::text[])`;
  const descriptions = new Map(catalogued.map(({ code, description }) => [code, description]));
  return {
    asOf,
    user: about.user,
    tenant: { ...about.tenant, status: TenantStatus.parse(access.tenantStatus) },
    membership: access.membership,
    blocked: blockedBy({ ...access, userState: isKnown ? access.userState : null }),
    permissions: codes.map((code) => ({
      code,
      description: descriptions.get(code) ?? null,
      paths: grantingAssignments(code, assignments, roles)
        .filter(({ conditionsMet }) => conditionsMet)
        .map(explainedPath),
    })),
  };
}
