import type { Tx } from '../db/tenant-tx.ts';
import type { AccessExplanation } from '../resources/access/schema.ts';
import type { RoleRef } from '../schema.ts';
import type { ActorAccess } from './actor.ts';
import { type GivingHolding, type Question, type readFacts, readHoldersOfAll } from './explain-facts.ts';
import { roleGives } from './giving.ts';
import { permissionsOfRoles, type RoleGrant } from './grants.ts';

type Missing = NonNullable<AccessExplanation['missing']>;
type Grant = AccessExplanation['grants'][number];
type Refusal = Pick<AccessExplanation, 'missing' | 'grants' | 'givers'>;

interface Case {
  question: Question;
  access: ActorAccess;
  facts: Awaited<ReturnType<typeof readFacts>>;
  /** Whether the asker may know that this person exists. */
  isKnown: boolean;
}

const MOST_GRANTS = 5;
const refused = (reason: Missing['reason'], grants: Grant[] = []): Refusal => ({
  missing: { reason },
  grants,
  givers: [],
});

/** The first thing that is missing, in the order in which the guard looks, what would help, and who could do it. */
export async function explainRefusal(tx: Tx, refusal: Case): Promise<Refusal> {
  const { access, facts, isKnown } = refusal;
  const givesNow = facts.holdings.some(({ state }) => state === 'now');
  const isActive = access.membership?.status === 'active';
  if (!facts.permission) return refused('unknown_permission');
  if (!access.user || !access.tenant || !isKnown) return refused('unknown_user');
  if (access.user.state === 'deleted') return refused('user_deleted');

  const works = ['trialing', 'active'].includes(access.tenant.status);
  if (access.user.state === 'banned') {
    return refused('user_banned', [{ kind: 'lift_ban', isEnough: works && isActive && givesNow }]);
  }
  if (!works) {
    const grants: Grant[] = [{ kind: 'reactivate_tenant', isEnough: isActive && givesNow }];
    return {
      ...refused('tenant_not_active', grants),
      givers: await readHoldersOfAll(tx, ['tenants:update', 'tenant:read']),
    };
  }
  const roles = await givingRoles(tx, refusal.question);
  if (!access.membership) return explainStranger(tx, refusal, roles);
  const powerNeeded = await heldByTarget(tx, refusal);
  if (!isActive) {
    const grants: Grant[] = [{ kind: 'reactivate_member', isEnough: givesNow }];
    const givers = await readHoldersOfAll(tx, ['members:update', 'members:read', ...powerNeeded]);
    return { ...refused('membership_suspended', grants), givers };
  }
  const isFormer = (role: RoleGrant) => facts.holdings.some((holding) => holding.role.id === role.id);
  const sorted = smallestFirst(refusal, roles, isFormer);
  const grants: Grant[] = sorted.map(({ role, brings }) => ({
    kind: isFormer(role) ? 'renew_role' : 'assign_role',
    role: refOf(role),
    brings,
    isEnough: true,
  }));
  const [first] = sorted;
  const needed = first ? ['roles:assign', 'members:read', ...first.role.permissions, ...powerNeeded] : null;
  return { missing: missingRole(facts.holdings), grants, givers: needed ? await readHoldersOfAll(tx, needed) : [] };
}

async function explainStranger(tx: Tx, refusal: Case, roles: RoleGrant[]): Promise<Refusal> {
  // An invitation goes to an address.
  const sorted = refusal.access.user?.email ? smallestFirst(refusal, roles) : [];
  const grants = sorted.map(
    ({ role, brings }): Grant => ({ kind: 'invite', role: refOf(role), brings, isEnough: true }),
  );
  const [first] = sorted;
  const rights = first?.role.isDefault ? ['members:invite'] : ['members:invite', 'roles:assign'];
  const givers = first ? await readHoldersOfAll(tx, [...rights, ...first.role.permissions]) : [];
  return { ...refused('not_a_member', grants), givers };
}

async function givingRoles(tx: Tx, { tenantId, permission }: Question): Promise<RoleGrant[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT role.id::text FROM role WHERE role.tenant_id = ${tenantId}::uuid AND ${roleGives(permission)}`;
  return [
    ...(
      await permissionsOfRoles(
        tx,
        tenantId,
        rows.map(({ id }) => id),
      )
    ).values(),
  ];
}

/** Whoever changes a member must hold what that member holds. */
async function heldByTarget(tx: Tx, { question, facts }: Case): Promise<string[]> {
  const roles = await permissionsOfRoles(tx, question.tenantId, facts.heldRoleIds);
  return [...roles.values()].flatMap((role) => role.permissions);
}

function smallestFirst(
  { access, question }: Case,
  roles: RoleGrant[],
  isFormer: (role: RoleGrant) => boolean = () => false,
) {
  const isNew = (code: string) =>
    code !== question.permission && !access.permissions.has(code) && !access.platformPermissions.has(code);
  return roles
    .map((role) => ({ role, brings: role.permissions.filter(isNew).length }))
    .sort(
      (a, b) =>
        a.brings - b.brings ||
        Number(isFormer(b.role)) - Number(isFormer(a.role)) ||
        a.role.name.localeCompare(b.role.name),
    )
    .slice(0, MOST_GRANTS);
}

function missingRole(holdings: GivingHolding[]): Missing {
  const [later] = holdings
    .filter(({ state }) => state === 'later')
    .sort((a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom));
  if (later) return { reason: 'role_not_started', role: later.role, at: later.validFrom };
  const endOf = (holding: GivingHolding) => Date.parse(holding.endedAt ?? '');
  const [ended] = holdings.filter(({ state }) => state === 'ended').sort((a, b) => endOf(b) - endOf(a));
  if (ended?.endedAt) return { reason: 'role_ended', role: ended.role, at: ended.endedAt };
  return { reason: 'no_role_grants' };
}

const refOf = ({ id, key, name }: RoleGrant): RoleRef => ({ id, key, name });
