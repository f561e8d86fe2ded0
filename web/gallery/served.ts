import type { Transport } from '../src/core/api.ts';
import { ACME, aMe } from '../src/testing/builders.ts';
import { EFFECTS, EVENTS, INVITATION, MEMBERS, PERMISSIONS, ROLES } from './worst-data.ts';

const ME = aMe({
  acme: [
    'members:read',
    'members:invite',
    'members:update',
    'roles:read',
    'roles:assign',
    'audit:read',
    'access:explain',
  ],
});
const page = { nextCursor: null, prevCursor: null, total: 0, totalIsExact: true };
const listOf = (data: unknown[]) => ({ data, page: { ...page, total: data.length } });

/** What the server answers, by the end of the path. */
const answers: [RegExp, unknown][] = [
  [/\/api\/session-info$/, { identityProvider: 'local', hasSession: true, signUp: 'open', demoAccounts: null }],
  [/\/api\/me$/, ME],
  [/dryRun=true/, EFFECTS['many members']],
  [/audit-logs\?.*subjectId=none/, listOf([])],
  [/audit-logs/, listOf(Object.values(EVENTS).map((event, at) => ({ ...event, id: `event-${at}` })))],
  [/\/roles/, listOf(ROLES)],
  [/\/members/, listOf(MEMBERS)],
  [/\/permissions/, listOf(PERMISSIONS)],
  [/\/invitations/, INVITATION],
  [
    /access\/holders/,
    listOf(MEMBERS.map(({ id, user }) => ({ membershipId: id, user, roles: [], isConditional: false }))),
  ],
  [/\/tenants/, listOf([{ id: ACME, name: 'Acme', slug: 'acme', status: 'active' }])],
];
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code }), { status, headers: { 'x-request-id': 'req-01935c0000007000' } });

/** Stands for the server: resources whose path contains `failing` fail, those with `loading` never answer. */
export const served: Transport = async (url) => {
  if (url.includes('loading')) return new Promise(() => {});
  if (url.includes('failing')) return problem(500, 'internal_error');
  const answer = answers.find(([path]) => path.test(url))?.[1];
  return answer === undefined ? problem(404, 'not_found') : new Response(JSON.stringify(answer));
};
