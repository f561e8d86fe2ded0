import { HOSTILE_NAMES } from './names.ts';

type Answer = { status: number; body: Record<string, unknown> };
/** Sends a request as a user, with the claims of their token. */
export type Call = (claims: object, method: string, path: string, body?: object) => Promise<Answer>;

/** Names that the pages of single records show: the widest, and the widest that turns the direction. */
const WORST = ['WWW', 'مرحبامرحبا'].map((part) => HOSTILE_NAMES.findIndex((name) => name.includes(part)));
const CONCURRENCY = 8;

async function forEachOf<T>(items: readonly T[], work: (item: T, at: number) => Promise<unknown>): Promise<void> {
  const waiting = [...items.entries()];
  const next = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) await work(entry[1], entry[0]);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, next));
}

/** As much of a name as a field takes. */
function fit(name: string, max: number): string {
  let fitting = '';
  for (const char of name) if (fitting.length + char.length <= max) fitting += char;
  return fitting.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}

/**
 * Names everything that has a name with each of them, through the API alone: as it is, and as far as it fits where that is refused. Returns
 * the pages that show them, and the answers that were neither.
 */
export async function assignHostileNames(call: Call, owner: object) {
  const failures: string[] = [];
  const paths: string[] = [];
  const post = async (path: string, name: string, max: number, bodyOf: (text: string) => object) => {
    let answer = await call(owner, 'POST', path, bodyOf(name));
    if (answer.status >= 400 && answer.status < 500) answer = await call(owner, 'POST', path, bodyOf(fit(name, max)));
    if (answer.status >= 400) failures.push(`${path} ${JSON.stringify(name)}: ${JSON.stringify(answer.body)}`);
    return String(answer.body.id);
  };
  const idOf = async (path: string) => ((await call(owner, 'GET', path)).body.data as { id: string }[])[0]?.id ?? '';
  const inside = `/api/admin/tenants/${await idOf('/api/admin/tenants?slug=school')}`;
  const roleIds: string[] = [];

  await forEachOf(HOSTILE_NAMES, async (name, at) => {
    const claims = { sub: `named-${at}`, email: `named-${at}@app.test`, email_verified: true, name };
    const { status } = await call(claims, 'GET', '/api/me');
    if (status !== 200) failures.push(`user ${JSON.stringify(name)}: ${status}`);
    await post('/api/admin/permissions', name, 300, (description) => ({ code: `hostile:read-${at}`, description }));
    await post('/api/admin/tenants', name, 120, (text) => ({ name: text, slug: `hostile-${at}` }));
    await post(`${inside}/api-keys`, name, 80, (text) => ({ name: text, expiresInDays: 30 }));
    const terms = (value: string) => [{ attribute: 'resource.name', operator: 'equals', value }];
    roleIds[at] = await post(`${inside}/roles`, name, 80, (text) => ({
      ...{ name: text, key: `hostile-${at}`, description: text, reason: text },
      ...{ permissions: [`hostile:read-${at}`], conditions: { [`hostile:read-${at}`]: terms(text) } },
    }));
    const local = name.replaceAll(/[^\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]/gu, '').slice(0, 60);
    const { status: invited } = await call(owner, 'POST', `${inside}/invitations`, {
      ...{ email: `${local}@x${at}.test`, roleIds: [roleIds[at]] },
    });
    if (invited >= 500) failures.push(`invitation of ${JSON.stringify(local)}: ${invited}`);
  });
  for (const at of WORST) {
    const member = await idOf(`${inside}/members?userId=named-${at}`);
    const roles = [at, (at + 7) % HOSTILE_NAMES.length].map((of) => ({ roleId: roleIds[of] }));
    const body = { roles, reason: fit(HOSTILE_NAMES[at] ?? '', 500) };
    const { status } = await call(owner, 'PATCH', `${inside}/members/${member}`, body);
    if (status !== 200) failures.push(`roles of ${at}: ${status}`);
    const permission = `hostile%3Aread-${at}`;
    paths.push(
      ...[`members/${member}`, `roles/${roleIds[at]}`, `roles/${roleIds[at]}/edit`],
      `explain?userId=named-${at}&permission=${permission}`,
      `access-history?userId=named-${at}`,
    );
    paths.push(`/t/hostile-${at}/home`, `/platform/users/named-${at}`, `/platform/permissions/${permission}`);
    paths.push(`/platform/tenants/${await idOf(`/api/admin/tenants?slug=hostile-${at}`)}`);
  }
  const all = [...LISTS, ...paths].map((path) => (path.startsWith('/') ? path : `/t/school/${path}`));
  return { failures, paths: all };
}

/** Neighbours are different pages, which are reached without loading the console again. */
const LISTS = [
  ...['home', 'members', 'roles', 'members?sort=-name', 'roles?sort=-name', 'roles/matrix', 'invitations', 'api-keys'],
  ...['audit', 'access-history', 'audit?action=member.roles_changed'],
  ...['home', 'tenants', 'users', 'tenants?sort=-name', 'permissions', 'audit'].map((path) => `/platform/${path}`),
];
