import { type Random, seededRandom } from '../core/random.ts';
import { recordDenial } from './actions/tenant.ts';
import { buildAcme } from './scenarios/acme.ts';
import { buildGlobex } from './scenarios/globex.ts';
import { ban, buildPlatform, changeProfile, type PermissionRow, recordAccounts } from './scenarios/platform.ts';
import { buildKestrel, buildNordlys } from './scenarios/small-tenants.ts';
import { createSeedContext, type SeedContext } from './seed-context.ts';
import { type RoleRow, type SeedState, userOf } from './seed-state.ts';
import type { DemoUser } from './users.ts';
import { setLastSignIns } from './write-users.ts';

/** The tenants of the demo. Their ids are fixed, so that a query finds the missing ones. */
export const DEMO_TENANTS = [
  { id: '01a00000-0000-7000-8000-00000000ac3e', name: 'ACME Corp.', slug: 'acme', build: buildAcme },
  { id: '01a00000-0000-7000-8000-000000610be5', name: 'Globex', slug: 'globex', build: buildGlobex },
  { id: '01a00000-0000-7000-8000-000000b4ce41', name: 'Nordlys Bakery', slug: 'nordlys-bakery', build: buildNordlys },
  { id: '01a00000-0000-7000-8000-0000005e2e1f', name: 'Kestrel Freight', slug: 'kestrel-freight', build: buildKestrel },
] as const;

export interface DemoData {
  platform: SeedState;
  permissions: PermissionRow[];
  tenants: SeedState[];
  usersById: Map<string, DemoUser>;
}

/** Builds the whole demo as rows, without writing it. */
export function buildDemo(
  now: Date,
  accounts: readonly DemoUser[],
  platformTenant: SeedState['tenant'],
  platformRoles: RoleRow[],
): DemoData {
  const context = createSeedContext(now, accounts);
  const { state: platform, permissions } = buildPlatform(context, platformTenant, platformRoles);
  const tenants = DEMO_TENANTS.map(({ build, id, name, slug }) => {
    const dates = { createdAt: now, updatedAt: now };
    return build(context, platform, { id, name, slug, status: 'active', kind: 'customer', version: 1, ...dates });
  });
  const usersById = new Map([platform, ...tenants].flatMap(({ users }) => [...users]));
  const users = [...usersById.values()];
  const random = seededRandom('accounts');
  recordAccounts(platform, users);
  changeProfiles(context, platform, tenants, users, random);
  banInactiveUser(context, platform, tenants);
  recordDeniedAttempts(context, platform);
  setLastSignIns(users, now, random);
  return { platform, permissions, tenants, usersById };
}

/** Changes the picture or the name of some users at the provider. */
function changeProfiles(
  { calendar, namedUsers }: SeedContext,
  platform: SeedState,
  tenants: readonly SeedState[],
  users: readonly DemoUser[],
  random: Random,
): void {
  const visible = new Set(tenants.flatMap(({ members }) => members.map(({ userId }) => userId)));
  const named = new Set<DemoUser>(Object.values(namedUsers));
  const others = random.shuffled(users.filter((user) => visible.has(user.id) && !named.has(user)));
  for (const user of others.slice(0, 9)) {
    const at = calendar.between(20, 24);
    if (!user.created || user.created.at >= at) continue;
    changeProfile(platform, at, user, random.pick([['imageUrl'], ['lastName', 'name'], ['imageUrl']]));
  }
}

/** Bans a member of Globex who appears in no event as an actor. */
function banInactiveUser({ calendar }: SeedContext, platform: SeedState, tenants: readonly SeedState[]): void {
  const actors = new Set(tenants.flatMap(({ events }) => events.map(({ actorId }) => actorId)));
  const globex = tenants.find(({ tenant }) => tenant.slug === 'globex');
  const banned = globex?.members.find(({ userId, status }) => status === 'active' && !actors.has(userId));
  if (globex && banned) ban(platform, calendar.on(21, '11:05'), userOf(globex, banned.userId));
}

/** Members of one tenant try to read another: recorded in the platform's log, because their own tenant must not see it. */
function recordDeniedAttempts({ calendar, namedUsers: { marco, gustav } }: SeedContext, platform: SeedState): void {
  const [acme, globex] = DEMO_TENANTS;
  const attemptAccess = (day: number, time: `${number}:${number}`, by: DemoUser, { id }: { id: string }) => {
    const target = { type: 'tenant', id, label: null };
    const attempt = { operation: 'member.list', permission: null, code: 'not_found', target };
    recordDenial(platform, calendar.on(day, time), by, attempt);
  };
  attemptAccess(12, '16:20', marco, globex);
  attemptAccess(12, '16:22', marco, globex);
  attemptAccess(19, '10:10', gustav, acme);
}
