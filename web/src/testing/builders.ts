import type { AuditLog, Me } from 'bff/contract';

const user = (id: string, name: string) => ({ id, name, email: `${id}@acme.test`, imageUrl: null });

export const ACME = '01935c00-0000-7000-8000-0000000000a1';
export const GLOBEX = '01935c00-0000-7000-8000-0000000000b2';

type Held = { acme?: string[]; globex?: string[]; platform?: string[] };

/** A signed-in user with these permissions by scope. */
export function aMe({ acme = [], globex = [], platform = [] }: Held = {}): Me {
  const membership = (tenantId: string, slug: string, name: string, permissions: string[]) => ({
    tenantId,
    membershipId: `membership-${slug}`,
    slug,
    name,
    kind: 'customer' as const,
    status: 'active' as const,
    membershipStatus: 'active' as const,
    roles: [],
    permissions,
    identityOrgId: null,
  });
  return {
    user: user('ada', 'Ada Park'),
    memberships: [membership(ACME, 'acme', 'Acme', acme), membership(GLOBEX, 'globex', 'Globex', globex)],
    platform: { permissions: platform },
    impersonation: null,
    version: '1',
  };
}

/** An audit event: by default, Ada assigned the role Billing to Marco. */
export function anEvent(overrides: Partial<AuditLog> = {}): AuditLog {
  return {
    id: 'event-1',
    tenant: { id: ACME, name: 'Acme', slug: 'acme' },
    createdAt: '2026-11-20T10:00:00Z',
    actor: { type: 'user', id: 'ada', name: 'Ada Park', email: null, impersonator: null },
    subject: { id: 'marco', name: 'Marco Lindt', email: null },
    action: 'member.roles_changed',
    target: { type: 'member', id: 'membership-9', label: 'Marco Lindt' },
    before: { roles: [{ id: 'r1', name: 'Member' }] },
    after: {
      roles: [
        { id: 'r1', name: 'Member' },
        { id: 'r2', name: 'Billing' },
      ],
    },
    outcome: 'allowed',
    severity: 'notice',
    category: 'access',
    permission: 'roles:assign',
    reason: null,
    requestId: 'req-1',
    ip: null,
    userAgent: null,
    eventVersion: 1,
    ...overrides,
  };
}
