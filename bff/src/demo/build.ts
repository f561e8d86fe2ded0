import { type Random, seededRandom } from '../core/random.ts';
import { refuse } from './actions/tenant.ts';
import { tellAcme } from './scenarios/acme.ts';
import { tellGlobex } from './scenarios/globex.ts';
import { ban, changeProfile, type PermissionRow, recordAccounts, tellPlatform } from './scenarios/platform.ts';
import { tellKestrel, tellNordlys } from './scenarios/small-tenants.ts';
import { type Stage, setStage } from './seed-context.ts';
import { personOf, type RoleRow, type TenantFixture } from './seed-state.ts';
import type { DemoPerson } from './users.ts';
import { rememberSignIns } from './write-users.ts';

/** The tenants of the demo. Their ids are fixed, so that one look tells whether they are there. */
export const DEMO_TENANTS = [
  { id: '01a00000-0000-7000-8000-00000000ac3e', name: 'ACME Corp.', slug: 'acme', tell: tellAcme },
  { id: '01a00000-0000-7000-8000-000000610be5', name: 'Globex', slug: 'globex', tell: tellGlobex },
  { id: '01a00000-0000-7000-8000-000000b4ce41', name: 'Nordlys Bakery', slug: 'nordlys-bakery', tell: tellNordlys },
  { id: '01a00000-0000-7000-8000-0000005e2e1f', name: 'Kestrel Freight', slug: 'kestrel-freight', tell: tellKestrel },
] as const;

export interface Telling {
  platform: TenantFixture;
  permissions: PermissionRow[];
  tenants: TenantFixture[];
  everybody: Map<string, DemoPerson>;
}

/** The whole demo as rows. Nothing is written yet. */
export function tellEverything(
  now: Date,
  accounts: readonly DemoPerson[],
  platformTenant: TenantFixture['tenant'],
  platformRoles: RoleRow[],
): Telling {
  const stage = setStage(now, accounts);
  const { ledger: platform, permissions } = tellPlatform(stage, platformTenant, platformRoles);
  const tenants = DEMO_TENANTS.map(({ tell, id, name, slug }) => {
    const dates = { createdAt: now, updatedAt: now };
    return tell(stage, platform, { id, name, slug, status: 'active', kind: 'customer', version: 1, ...dates });
  });
  const everybody = new Map([platform, ...tenants].flatMap(({ people }) => [...people]));
  const people = [...everybody.values()];
  const random = seededRandom('accounts');
  recordAccounts(platform, people);
  tellProfiles(stage, platform, tenants, people, random);
  tellBan(stage, platform, tenants);
  tellTrespasses(stage, platform);
  rememberSignIns(people, now, random);
  return { platform, permissions, tenants, everybody };
}

/** Some people changed their picture or their name at the provider. */
function tellProfiles(
  { calendar, cast }: Stage,
  platform: TenantFixture,
  tenants: readonly TenantFixture[],
  people: readonly DemoPerson[],
  random: Random,
): void {
  const visible = new Set(tenants.flatMap(({ members }) => members.map(({ userId }) => userId)));
  const named = new Set<DemoPerson>(Object.values(cast));
  const others = random.shuffled(people.filter((person) => visible.has(person.id) && !named.has(person)));
  for (const person of others.slice(0, 9)) {
    const at = calendar.between(20, 24);
    if (!person.arrival || person.arrival.at >= at) continue;
    changeProfile(platform, at, person, random.pick([['imageUrl'], ['lastName', 'name'], ['imageUrl']]));
  }
}

/** The provider banned somebody of Globex who did nothing in the log. */
function tellBan({ calendar }: Stage, platform: TenantFixture, tenants: readonly TenantFixture[]): void {
  const actors = new Set(tenants.flatMap(({ events }) => events.map(({ actorId }) => actorId)));
  const globex = tenants.find(({ tenant }) => tenant.slug === 'globex');
  const banned = globex?.members.find(({ userId, status }) => status === 'active' && !actors.has(userId));
  if (globex && banned) ban(platform, calendar.on(21, '11:05'), personOf(globex, banned.userId));
}

/** People of one tenant who ask for another: recorded with the platform, for their own may not know of it. */
function tellTrespasses({ calendar, cast: { marco, gustav } }: Stage, platform: TenantFixture): void {
  const [acme, globex] = DEMO_TENANTS;
  const ask = (day: number, time: `${number}:${number}`, by: DemoPerson, { id }: { id: string }) => {
    const target = { type: 'tenant', id, label: null };
    const refusal = { operation: 'member.list', permission: null, code: 'not_found', target };
    refuse(platform, calendar.on(day, time), by, refusal);
  };
  ask(12, '16:20', marco, globex);
  ask(12, '16:22', marco, globex);
  ask(19, '10:10', gustav, acme);
}
