import { TenantStatus } from '../../core/schema.ts';
import type { EffectiveAccess } from './schema.ts';
import { blockedBy, personOrStranger, readAbout } from './standing.ts';
import {
  gave,
  grantingLine,
  type PastHolding,
  type PastRole,
  type PastRoles,
  type Reader,
  readAccessAt,
  readPastHoldings,
  readPastRoles,
} from './state.ts';

type Path = EffectiveAccess['permissions'][number]['paths'][number];

/** Everything that a person could do in the current tenant at a moment, and through which roles. */
export async function readEffectiveAt(
  client: Reader,
  question: { tenantId: string; userId: string; moment: string },
): Promise<EffectiveAccess> {
  const { tenantId, userId, moment } = question;
  const [access, roles, holdings, about] = await Promise.all([
    readAccessAt(client, userId, tenantId, moment),
    readPastRoles(client, moment),
    readPastHoldings(client, tenantId, userId, moment),
    readAbout(client, tenantId, userId),
  ]);
  const codes = [...new Set([...access.permissions, ...access.platformPermissions])].sort();
  const words = await client.$queryRaw<{ code: string; description: string }[]>`
    SELECT code, description FROM permission WHERE code = ANY (${codes}::text[])`;
  const descriptions = new Map(words.map(({ code, description }) => [code, description]));
  return {
    asOf: moment,
    user: personOrStranger(about.person, userId),
    tenant: { ...about.tenant, status: TenantStatus.parse(access.tenantStatus) },
    membership: access.membership,
    blocked: blockedBy(access, about.person !== null || codes.length > 0),
    permissions: codes.map((code) => ({
      code,
      description: descriptions.get(code) ?? null,
      paths: pathsTo(code, holdings, roles),
    })),
  };
}

/** The holdings that gave a permission, with the role and the conditions that held. */
function pathsTo(code: string, holdings: readonly PastHolding[], roles: PastRoles): Path[] {
  return holdings.flatMap((holding) => {
    const role = roles.get(holding.roleId);
    if (!role || !gave(role, holding, code)) return [];
    const line = role.isOwner ? [] : grantingLine(roles, role, code);
    return [
      {
        via: holding.via,
        role: { id: role.id, key: role.key, name: role.name, isOwner: role.isOwner },
        inheritedThrough: line.length > 1 ? line : [],
        conditions: conditionsOf(role, code),
        validUntil: holding.validUntil,
      },
    ];
  });
}

/** What had to hold for a role to give a permission; the first of several ways. */
export const conditionsOf = (role: PastRole, code: string) =>
  role.always.has(code) ? null : (role.sometimes.find((grant) => grant.code === code)?.conditions ?? null);
