import { asUser, type Tx } from '../../db/tenant-tx.ts';
import { type ActorAccess, contextOf, holds, readAccessTo } from '../actor.ts';
import { explainRefusal } from './denial.ts';
import { type GivingHolding, type PlatformHolding, type Question, readFacts, readPlatformHoldings } from './facts.ts';
import type { AccessExplanation } from './schema.ts';

/**
 * The guard's own answer for that person, and beside it why. `asker` is who wants to know: it decides only what may be said of a
 * person that the tenant does not know.
 */
export async function explainAccess(tx: Tx, asker: ActorAccess, question: Question): Promise<AccessExplanation> {
  const { tenantId, userId, permission, resource = {} } = question;
  const scope = { tenantId, userId: asker.user?.id ?? null };
  const access = await asUser(tx, scope, userId, (as) => readAccessTo(as, resource));
  const context = contextOf(access, resource);
  const facts = await readFacts(tx, question, context);
  const knowsEverybody = asker.platformPermissions.has('users:read');
  const stranger = knowsEverybody && access.user ? access.user : { name: null, email: null };
  const about = {
    permission: facts.permission ?? { code: permission, description: null },
    user: facts.person ?? { id: userId, name: stranger.name, email: stranger.email, imageUrl: null },
    tenant: facts.tenant,
  };
  if (holds(access, permission)) {
    const own = access.permissions.has(permission)
      ? facts.holdings.filter(({ state, conditionsMet }) => state === 'now' && conditionsMet)
      : [];
    const platform = await readPlatformHoldings(tx, question);
    const paths = [...own.map((holding) => ownPath(holding, access)), ...platform.map(platformPath)];
    return { allowed: true, ...about, paths, missing: null, grants: [], eligibleGrantors: [] };
  }
  const isKnown = facts.person !== null || knowsEverybody;
  return {
    allowed: false,
    ...about,
    paths: [],
    ...(await explainRefusal(tx, { question, access, facts, context, isKnown })),
  };
}

type Path = AccessExplanation['paths'][number];

const ownPath = (holding: GivingHolding, access: ActorAccess): Path => ({
  via: 'tenant',
  membershipId: access.membership?.id ?? null,
  role: holding.role,
  ...inheritance(holding),
  validFrom: holding.validFrom,
  validUntil: holding.validUntil,
  grantedBy: holding.grantedBy,
  grantedAt: holding.grantedAt,
});

const platformPath = (holding: PlatformHolding): Path => ({
  via: 'platform',
  membershipId: null,
  role: holding.role,
  ...inheritance(holding),
  validFrom: null,
  validUntil: null,
  grantedBy: null,
  grantedAt: null,
});

function inheritance({ role, way }: PlatformHolding): Pick<Path, 'isDirect' | 'inheritedThrough' | 'conditions'> {
  const isDirect = role.isOwner || way?.chain.length === 1;
  return { isDirect, inheritedThrough: isDirect ? [] : (way?.chain ?? []), conditions: way?.conditions ?? null };
}
