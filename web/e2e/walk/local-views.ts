import { type Session, signIn } from '../product.ts';
import { viewsOfPages } from './pages.ts';
import type { View } from './walk.ts';

const OWNER = 'owner@acme.test';
const STAFF = 'owner@rolecall.test';
const SUPPORT = 'support@rolecall.test';
const MEMBER = 'member@acme.test';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** Every page with local accounts, and those whose query or user changes what they show. */
export async function localViews({ url }: { url: string }): Promise<View[]> {
  const acme = await signIn(url, OWNER);
  const { memberships } = await acme.call<{ memberships: { tenantId: string; slug: string }[] }>('/api/me');
  const tenant = `/api/admin/tenants/${memberships.find(({ slug }) => slug === 'acme')?.tenantId}`;
  const first = async (session: Session, path: string) => {
    const { data } = await session.call<{ data: { id: string }[] }>(path);
    return data[0]?.id ?? '';
  };
  const member = await first(acme, `${tenant}/members?q=lindt`);
  const { user } = await acme.call<{ user: { id: string } }>(`${tenant}/members/${member}`);
  const userId = encodeURIComponent(user.id);
  const invitation = await acme.call<{ token: string }>(`${tenant}/invitations`, {
    email: 'grace.newcomer@example.test',
    roleIds: [await first(acme, `${tenant}/roles?key=member`)],
  });
  await acme.call(`${tenant}/api-keys`, { name: 'Course player, production', expiresInDays: 90 });
  const event = await first(acme, `${tenant}/audit-logs?action=member.roles_changed`);
  const as = (user: string | null, paths: Record<string, string>): View[] =>
    Object.entries(paths).map(([name, path]) => ({ name, path, as: user }));
  return [
    ...as(null, {
      'sign-in': '/sign-in',
      'sign-up': '/sign-up',
      invitation: `/invitations/${invitation.token}`,
      'invitation-closed': `/invitations/${'x'.repeat(43)}`,
    }),
    ...as(MEMBER, {
      'member-home': '/t/acme/home',
      'explain-own': '/t/acme/explain?permission=members%3Ainvite',
      'no-permission': '/t/acme/audit',
    }),
    ...as(SUPPORT, { 'support-home': '/platform/home' }),
    ...viewsOfPages('local', false, {
      tenant: { base: '/t/acme', as: OWNER },
      platform: { base: '/platform', as: STAFF },
    }).sort((one, other) => (one.as ?? '').localeCompare(other.as ?? '')),
    ...as(STAFF, { 'platform-not-found': '/platform/nothing' }),
    ...as(OWNER, {
      'members-nothing-found': '/t/acme/members?q=no+such+member',
      'explain-allowed': `/t/acme/explain?userId=${userId}&permission=members%3Ainvite`,
      'explain-denied': `/t/acme/explain?userId=${userId}&permission=tenant%3Aupdate`,
      'explain-who': '/t/acme/explain?view=who&permission=members%3Ainvite',
      'history-user': `/t/acme/access-history?userId=${userId}&at=${daysAgo(10)}`,
      'history-compare': `/t/acme/access-history?view=compare&from=${daysAgo(8)}&to=${daysAgo(1)}`,
      'history-event': `/t/acme/access-history?event=${event}&userId=${userId}`,
      'no-record': '/t/acme/roles/01935c00-0000-7000-8000-000000000000',
      'no-tenant': '/t/globex/members',
    }),
  ];
}
