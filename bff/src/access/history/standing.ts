import type { Person } from '../../core/schema.ts';
import type { EffectiveAccess } from './schema.ts';
import type { PastAccess, Reader } from './state.ts';

interface About {
  tenant: { id: string; name: string; slug: string };
  /** What may be known of the person now; null when that is nothing. */
  person: Person | null;
}

/** The tenant and the person of a question, by the names they have now. The scope decides whether the person is seen. */
export async function readAbout(client: Reader, tenantId: string, userId: string): Promise<About> {
  const [about] = await client.$queryRaw<About[]>`
    SELECT jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
      (SELECT jsonb_build_object('id', id, 'name', name, 'email', email, 'imageUrl', image_url) FROM "user" WHERE id = ${userId}) AS person
    FROM tenant WHERE tenant.id = ${tenantId}::uuid`;
  if (!about) throw new Error('the past is asked about inside an existing tenant');
  return about;
}

export const personOrStranger = (person: Person | null, userId: string) =>
  person ?? { id: userId, name: null, email: null, imageUrl: null };

/** The first thing that stood before every role of the tenant, in the order in which the guard looks. */
export function blockedBy(access: PastAccess, isKnown: boolean): EffectiveAccess['blocked'] {
  if (!access.userState || !isKnown) return 'unknown_user';
  if (access.userState === 'deleted') return 'user_deleted';
  if (access.userState === 'banned') return 'user_banned';
  if (!['trialing', 'active'].includes(access.tenantStatus ?? '')) return 'tenant_not_active';
  if (!access.membership) return 'not_a_member';
  return access.membership.status === 'active' ? null : 'membership_suspended';
}
