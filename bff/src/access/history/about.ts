import type { UserRef } from '../../core/schema.ts';
import type { AccessSnapshot } from '../explain/snapshot.ts';
import type { Reader } from './as-of.ts';

interface About {
  tenant: AccessSnapshot['tenant'];
  /** Without a name where the scope does not show the user. */
  user: AccessSnapshot['user'];
  isKnown: boolean;
}

/** Reads the tenant and the user of a question, by the names they have now. */
export async function readAbout(client: Reader, tenantId: string, userId: string): Promise<About> {
  const [about] = await client.$queryRaw<{ tenant: About['tenant']; person: UserRef | null }[]>`
    SELECT jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
      (SELECT jsonb_build_object('id', id, 'name', name, 'email', email, 'imageUrl', image_url) FROM "user" WHERE id = ${userId}) AS person
    FROM tenant WHERE tenant.id = ${tenantId}::uuid`;
  if (!about) throw new Error('the tenant of the question does not exist');
  const { tenant, person } = about;
  return { tenant, user: person ?? { id: userId, name: null, email: null, imageUrl: null }, isKnown: person !== null };
}
