import { Prisma } from 'database/client';
import type { RoleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { ActorAccess } from '../actor.ts';
import type { Conditions, Grant as Given, Term } from '../conditions.ts';
import { roleGives } from '../grant-sql.ts';
import { canGrant, holdsAll, permissionsOfRoles, type RoleGrant } from '../grants.ts';
import { type GivingHolding, type Question, type readFacts, readGivers } from './facts.ts';
import type { AccessExplanation } from './schema.ts';

type Missing = NonNullable<AccessExplanation['missing']>;
type Grant = AccessExplanation['grants'][number];
type Refusal = Pick<AccessExplanation, 'missing' | 'grants' | 'eligibleGrantors'>;

interface Case {
  question: Question;
  access: ActorAccess;
  facts: Awaited<ReturnType<typeof readFacts>>;
  /** What conditions are judged by, as JSON. */
  context: string;
  /** Whether the asker may know that this person exists. */
  isKnown: boolean;
}

const MOST_GRANTS = 5;
const refused = (reason: Missing['reason'], grants: Grant[] = []): Refusal => ({
  missing: { reason },
  grants,
  eligibleGrantors: [],
});

/** The first thing that is missing, in the order in which the guard looks, what would help, and who could do it. */
export async function explainRefusal(tx: Tx, refusal: Case): Promise<Refusal> {
  const { access, facts, isKnown } = refusal;
  const givesNow = facts.holdings.some(({ state, conditionsMet }) => state === 'now' && conditionsMet);
  const isActive = access.membership?.status === 'active';
  if (!facts.permission) return refused('unknown_permission');
  if (facts.isRetired) return refused('permission_retired');
  if (!access.user || !access.tenant || !isKnown) return refused('unknown_user');
  if (access.user.state === 'deleted') return refused('user_deleted');

  const works = ['trialing', 'active'].includes(access.tenant.status);
  if (access.user.state === 'banned') {
    return refused('user_banned', [{ kind: 'lift_ban', isSufficient: works && isActive && givesNow }]);
  }
  if (!works) {
    const grants: Grant[] = [{ kind: 'reactivate_tenant', isSufficient: isActive && givesNow }];
    return {
      ...refused('tenant_not_active', grants),
      eligibleGrantors: await readGivers(tx, ['tenants:update', 'tenant:read']),
    };
  }
  const roles = await givingRoles(tx, refusal);
  if (!access.membership) return explainStranger(tx, refusal, roles);
  const power = await heldByTarget(tx, refusal);
  if (!isActive) {
    const grants: Grant[] = [{ kind: 'reactivate_member', isSufficient: givesNow }];
    const rights = ['members:update', 'members:read'];
    const eligibleGrantors = await readGivers(tx, rights, codesOf(power), (giver) => holdsAll(giver, power));
    return { ...refused('membership_suspended', grants), eligibleGrantors };
  }
  const isFormer = (role: RoleGrant) => facts.holdings.some((holding) => holding.role.id === role.id);
  const sorted = smallestFirst(refusal, roles, isFormer);
  const grants: Grant[] = sorted.map(({ role, additionalPermissionCount }) => ({
    kind: isFormer(role) ? 'renew_role' : 'assign_role',
    role: refOf(role),
    additionalPermissionCount,
    isSufficient: true,
  }));
  const [first] = sorted;
  const missing = (await unmetCondition(tx, refusal)) ?? missingRole(facts.holdings);
  if (!first) return { missing, grants, eligibleGrantors: [] };
  const given = first.role.grants;
  const isSufficient = (giver: ActorAccess) => holdsAll(giver, power) && canGrant(giver, given, null);
  return {
    missing,
    grants,
    eligibleGrantors: await readGivers(
      tx,
      ['roles:assign', 'members:read'],
      codesOf([...given, ...power]),
      isSufficient,
    ),
  };
}

async function explainStranger(tx: Tx, refusal: Case, roles: RoleGrant[]): Promise<Refusal> {
  // An invitation goes to an address.
  const sorted = refusal.access.user?.email ? smallestFirst(refusal, roles) : [];
  const grants = sorted.map(
    ({ role, additionalPermissionCount }): Grant => ({
      kind: 'invite',
      role: refOf(role),
      additionalPermissionCount,
      isSufficient: true,
    }),
  );
  const [first] = sorted;
  const rights = first?.role.isDefault ? ['members:invite'] : ['members:invite', 'roles:assign'];
  const given = first?.role.grants ?? [];
  const eligibleGrantors = first
    ? await readGivers(tx, rights, codesOf(given), (giver) => canGrant(giver, given, null))
    : [];
  return { ...refused('not_a_member', grants), eligibleGrantors };
}

/** The roles that would give it to this person, about this resource. */
async function givingRoles(tx: Tx, { question: { tenantId, permission }, context }: Case): Promise<RoleGrant[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT role.id::text FROM role WHERE role.tenant_id = ${tenantId}::uuid AND ${roleGives(permission, Prisma.sql`${context}::jsonb`, 'met')}`;
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
async function heldByTarget(tx: Tx, { question, facts }: Case): Promise<Given[]> {
  const roles = await permissionsOfRoles(tx, question.tenantId, facts.heldRoleIds);
  return [...roles.values()].flatMap((role) => role.grants);
}

const codesOf = (grants: readonly Given[]) => grants.map(({ code }) => code);

function smallestFirst(
  { access, question }: Case,
  roles: RoleGrant[],
  isFormer: (role: RoleGrant) => boolean = () => false,
) {
  const isNew = (code: string) =>
    code !== question.permission && !access.permissions.has(code) && !access.platformPermissions.has(code);
  return roles
    .map((role) => ({ role, additionalPermissionCount: role.permissions.filter(isNew).length }))
    .sort(
      (a, b) =>
        a.additionalPermissionCount - b.additionalPermissionCount ||
        Number(isFormer(b.role)) - Number(isFormer(a.role)) ||
        a.role.name.localeCompare(b.role.name),
    )
    .slice(0, MOST_GRANTS);
}

/** A role that is held now and would give it about another resource. */
async function unmetCondition(tx: Tx, { facts, context }: Case): Promise<Missing | null> {
  const held = facts.holdings.find(({ state, conditionsMet }) => state === 'now' && !conditionsMet);
  const conditions: Conditions | null | undefined = held?.way?.conditions;
  if (!held || !conditions) return null;
  const unmet = await tx.$queryRaw<{ term: Term }[]>`
    SELECT term FROM jsonb_array_elements(${JSON.stringify(conditions)}::jsonb) AS term
    WHERE NOT conditions_hold(jsonb_build_array(term), ${context}::jsonb)`;
  return { reason: 'condition_not_met', role: held.role, conditions, unmet: unmet.map(({ term }) => term) };
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
