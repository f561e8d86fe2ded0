import { z } from 'zod';
import {
  type IdentityDirectory,
  type IdentityPage,
  type IdentityRef,
  IdentityUnreadable,
} from '../../core/identity-provider.ts';
import { clerkApi } from './directory-http.ts';
import { ClerkMembership, ClerkOrganization, toIdentityMembership, toIdentityOrganization } from './organization.ts';
import { ClerkUser, toIdentityUser } from './user.ts';

const PAGE = 500;
const Listed = z.looseObject({ data: z.array(z.unknown()), total_count: z.number().optional() });
/** Read by readOne: an answer of another kind, such as null, says nothing about the object. */
const Single = z.looseObject({});
const Count = z.looseObject({ total_count: z.number() });
const Session = z.looseObject({ id: z.string().min(1) });
const id = encodeURIComponent;

const totalOf = (page: { total_count?: number | undefined } | null) =>
  page?.total_count === undefined ? {} : { total: page.total_count };

/** Reads each object on its own, so that one that cannot be read does not hide the others. */
function readAll<S extends z.ZodType, T>(found: readonly unknown[], schema: S, convert: (object: z.output<S>) => T) {
  const items: T[] = [];
  const unreadable: IdentityRef[] = [];
  for (const object of found) {
    const { data, error } = schema.safeParse(object);
    if (error) unreadable.push(refOf(object));
    else items.push(convert(data));
  }
  return { items, ...(unreadable.length > 0 ? { unreadable } : {}) };
}

/** Null for what does not exist. Throws IdentityUnreadable. */
function readOne<S extends z.ZodType, T>(found: unknown, schema: S, convert: (object: z.output<S>) => T): T | null {
  if (found === null) return null;
  const [item] = readAll([found], schema, convert).items;
  if (item !== undefined) return item;
  throw new IdentityUnreadable('The identity provider returned an object that cannot be read');
}

const idOf = (object: unknown, key = 'id'): string | null => {
  const found = ((object ?? {}) as Record<string, unknown>)[key];
  return typeof found === 'string' && found !== '' && found.length <= 255 ? found : null;
};

function refOf(object: unknown): IdentityRef {
  const { public_user_data, organization } = (object ?? {}) as Record<string, unknown>;
  return {
    objectId: idOf(object) ?? '',
    userId: idOf(public_user_data, 'user_id'),
    organizationId: idOf(organization),
  };
}

/** All users of a Clerk instance, by its Backend API. */
export function createClerkDirectory(api: { secretKey: string; apiUrl: string | null }): IdentityDirectory {
  const call = clerkApi(api);

  /** Lists that support only offsets: a deletion between two pages moves others onto a page that was already read. */
  async function pageByOffset<T, S extends z.ZodType>(
    path: string,
    item: S,
    convert: (given: z.output<S>) => T,
    cursor: string | null,
  ): Promise<IdentityPage<T>> {
    const offset = Number(cursor ?? 0);
    const query = { limit: String(PAGE), offset: String(offset), order_by: '+created_at' };
    const page = await call({ path, query, response: Listed });
    const found = page?.data ?? [];
    const next = found.length < PAGE ? null : String(offset + found.length);
    return { ...readAll(found, item, convert), next, ...totalOf(page) };
  }

  return {
    async listUsers(cursor) {
      const query = {
        limit: String(PAGE),
        order_by: '+created_at',
        ...(cursor === null ? {} : { starting_after: cursor }),
      };
      const found = (await call({ path: '/users', query, response: z.array(z.unknown()) })) ?? [];
      const next =
        found.length < PAGE ? null : (found.map((user) => idOf(user)).findLast((last) => last !== null) ?? null);
      // Only the first page of several asks for the total.
      const total = cursor === null && next !== null ? await call({ path: '/users/count', response: Count }) : null;
      return { ...readAll(found, ClerkUser, toIdentityUser), next, ...totalOf(total) };
    },
    listOrganizations: (cursor) => pageByOffset('/organizations', ClerkOrganization, toIdentityOrganization, cursor),
    listMemberships: (cursor) =>
      pageByOffset('/organization_memberships', ClerkMembership, toIdentityMembership, cursor),

    async fetchUser(userId) {
      const found = await call({ path: `/users/${id(userId)}`, response: Single });
      return readOne(found, ClerkUser, toIdentityUser);
    },
    async fetchOrganization(organizationId) {
      const found = await call({ path: `/organizations/${id(organizationId)}`, response: Single });
      return readOne(found, ClerkOrganization, toIdentityOrganization);
    },
    async fetchMembership(organizationId, userId) {
      const path = `/organizations/${id(organizationId)}/memberships`;
      const found = await call({ path, query: { user_id: userId, limit: '2' }, response: Listed });
      const own = found?.data.find((membership) => (refOf(membership).userId ?? userId) === userId);
      return readOne(own ?? null, ClerkMembership, toIdentityMembership);
    },

    async setUserRole(userId, role) {
      const path = `/users/${id(userId)}/metadata`;
      const found = await call({ method: 'PATCH', path, body: { public_metadata: { role } }, response: Single });
      return readOne(found, ClerkUser, toIdentityUser);
    },
    async setMembershipRole(organizationId, userId, role) {
      const path = `/organizations/${id(organizationId)}/memberships/${id(userId)}`;
      const found = await call({ method: 'PATCH', path, body: { role }, response: Single });
      return readOne(found, ClerkMembership, toIdentityMembership);
    },
    async createMembership(organizationId, userId, role) {
      const path = `/organizations/${id(organizationId)}/memberships`;
      const body = { user_id: userId, role };
      const found = await call({ method: 'POST', path, body, response: Single });
      return readOne(found, ClerkMembership, toIdentityMembership);
    },
    async endSessions(userId) {
      const query = { user_id: userId, status: 'active', limit: String(PAGE) };
      const sessions = (await call({ path: '/sessions', query, response: z.array(Session) })) ?? [];
      const end = (session: { id: string }) =>
        call({ method: 'POST', path: `/sessions/${id(session.id)}/revoke`, response: Session });
      await Promise.all(sessions.map(end));
    },
  };
}
