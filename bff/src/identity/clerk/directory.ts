import { z } from 'zod';
import type { IdentityDirectory, IdentityPage } from '../../core/identity-provider.ts';
import { clerkApi } from './directory-http.ts';
import { ClerkMembership, ClerkOrganization, toIdentityMembership, toIdentityOrganization } from './organization.ts';
import { ClerkUser, toIdentityUser } from './user.ts';

const PAGE = 500;
const listed = <S extends z.ZodType>(item: S) =>
  z.looseObject({ data: z.array(item), total_count: z.number().optional() });
const Count = z.looseObject({ total_count: z.number() });
const Session = z.looseObject({ id: z.string().min(1) });
const id = encodeURIComponent;

const totalOf = (page: { total_count?: number | undefined } | null) =>
  page?.total_count === undefined ? {} : { total: page.total_count };

/** All users of a Clerk instance, by its Backend API. */
export function createClerkDirectory(api: { secretKey: string; apiUrl: string | null }): IdentityDirectory {
  const call = clerkApi(api);

  /** Lists that support only offsets: a deletion between two pages moves others onto a page that was already read. */
  async function pageByOffset<T, S extends z.ZodType>(
    path: string,
    item: S,
    read: (given: z.output<S>) => T,
    cursor: string | null,
  ): Promise<IdentityPage<T>> {
    const offset = Number(cursor ?? 0);
    const query = { limit: String(PAGE), offset: String(offset), order_by: '+created_at' };
    const page = await call({ path, query, response: listed(item) });
    const found = page?.data ?? [];
    const next = found.length < PAGE ? null : String(offset + found.length);
    return { items: found.map(read), next, ...totalOf(page) };
  }

  return {
    async listUsers(cursor) {
      const query = {
        limit: String(PAGE),
        order_by: '+created_at',
        ...(cursor === null ? {} : { starting_after: cursor }),
      };
      const found = (await call({ path: '/users', query, response: z.array(ClerkUser) })) ?? [];
      const next = found.length < PAGE ? null : (found.at(-1)?.id ?? null);
      // Only the first page of several asks for the total.
      const total = cursor === null && next !== null ? await call({ path: '/users/count', response: Count }) : null;
      return { items: found.map(toIdentityUser), next, ...totalOf(total) };
    },
    listOrganizations: (cursor) => pageByOffset('/organizations', ClerkOrganization, toIdentityOrganization, cursor),
    listMemberships: (cursor) =>
      pageByOffset('/organization_memberships', ClerkMembership, toIdentityMembership, cursor),

    async fetchUser(userId) {
      const user = await call({ path: `/users/${id(userId)}`, response: ClerkUser });
      return user && toIdentityUser(user);
    },
    async fetchOrganization(organizationId) {
      const found = await call({ path: `/organizations/${id(organizationId)}`, response: ClerkOrganization });
      return found && toIdentityOrganization(found);
    },
    async fetchMembership(organizationId, userId) {
      const path = `/organizations/${id(organizationId)}/memberships`;
      const found = await call({ path, query: { user_id: userId, limit: '2' }, response: listed(ClerkMembership) });
      const own = found?.data.find((membership) => membership.public_user_data.user_id === userId);
      return own ? toIdentityMembership(own) : null;
    },

    async setUserRole(userId, role) {
      const path = `/users/${id(userId)}/metadata`;
      const user = await call({ method: 'PATCH', path, body: { public_metadata: { role } }, response: ClerkUser });
      return user && toIdentityUser(user);
    },
    async setMembershipRole(organizationId, userId, role) {
      const path = `/organizations/${id(organizationId)}/memberships/${id(userId)}`;
      const membership = await call({ method: 'PATCH', path, body: { role }, response: ClerkMembership });
      return membership && toIdentityMembership(membership);
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
