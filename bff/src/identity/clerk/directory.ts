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

const totalOf = (answer: { total_count?: number | undefined } | null) =>
  answer?.total_count === undefined ? {} : { total: answer.total_count };

/** Everybody at Clerk, by its Backend API. */
export function createClerkDirectory(api: { secretKey: string; apiUrl: string | null }): IdentityDirectory {
  const ask = clerkApi(api);

  /** Lists that know only offsets: what is deleted meanwhile moves others onto a page that was read already. */
  async function pageByOffset<T, S extends z.ZodType>(
    path: string,
    item: S,
    read: (given: z.output<S>) => T,
    cursor: string | null,
  ): Promise<IdentityPage<T>> {
    const offset = Number(cursor ?? 0);
    const query = { limit: String(PAGE), offset: String(offset), order_by: '+created_at' };
    const answer = await ask({ path, query, answer: listed(item) });
    const found = answer?.data ?? [];
    const next = found.length < PAGE ? null : String(offset + found.length);
    return { items: found.map(read), next, ...totalOf(answer) };
  }

  return {
    async listUsers(cursor) {
      const query = {
        limit: String(PAGE),
        order_by: '+created_at',
        ...(cursor === null ? {} : { starting_after: cursor }),
      };
      const found = (await ask({ path: '/users', query, answer: z.array(ClerkUser) })) ?? [];
      const next = found.length < PAGE ? null : (found.at(-1)?.id ?? null);
      // Of a list of many pages the first says how long it is.
      const total = cursor === null && next !== null ? await ask({ path: '/users/count', answer: Count }) : null;
      return { items: found.map(toIdentityUser), next, ...totalOf(total) };
    },
    listOrganizations: (cursor) => pageByOffset('/organizations', ClerkOrganization, toIdentityOrganization, cursor),
    listMemberships: (cursor) =>
      pageByOffset('/organization_memberships', ClerkMembership, toIdentityMembership, cursor),

    async fetchUser(userId) {
      const user = await ask({ path: `/users/${id(userId)}`, answer: ClerkUser });
      return user && toIdentityUser(user);
    },
    async fetchOrganization(organizationId) {
      const found = await ask({ path: `/organizations/${id(organizationId)}`, answer: ClerkOrganization });
      return found && toIdentityOrganization(found);
    },
    async fetchMembership(organizationId, userId) {
      const path = `/organizations/${id(organizationId)}/memberships`;
      const found = await ask({ path, query: { user_id: userId, limit: '2' }, answer: listed(ClerkMembership) });
      const own = found?.data.find((membership) => membership.public_user_data.user_id === userId);
      return own ? toIdentityMembership(own) : null;
    },

    async setUserRole(userId, role) {
      const path = `/users/${id(userId)}/metadata`;
      const user = await ask({ method: 'PATCH', path, body: { public_metadata: { role } }, answer: ClerkUser });
      return user && toIdentityUser(user);
    },
    async setMembershipRole(organizationId, userId, role) {
      const path = `/organizations/${id(organizationId)}/memberships/${id(userId)}`;
      const membership = await ask({ method: 'PATCH', path, body: { role }, answer: ClerkMembership });
      return membership && toIdentityMembership(membership);
    },
    async endSessions(userId) {
      const query = { user_id: userId, status: 'active', limit: String(PAGE) };
      const sessions = (await ask({ path: '/sessions', query, answer: z.array(Session) })) ?? [];
      const end = (session: { id: string }) =>
        ask({ method: 'POST', path: `/sessions/${id(session.id)}/revoke`, answer: Session });
      await Promise.all(sessions.map(end));
    },
  };
}
