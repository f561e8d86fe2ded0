import type { Term } from '../../access/conditions.ts';
import type { TestUser } from '../fixtures/builders.ts';
import { type Reach, wasHeld } from './blast-radius.ts';
import type { Arena, ArenaRole, Chance, Fighter } from './escalation-fixture.ts';

/** Somebody with whatever roles they have, everybody who obeys them, and a chain of calls that try to get more. */
export interface Attack {
  arena: Arena;
  chance: Chance;
  /** Members who obey the actor, the actor first. */
  obeying: Fighter[];
  /** Not a member yet; obeys as well. */
  newcomer: TestUser;
  /** What they hold together at the start. */
  held: readonly Reach[];
  /** All codes there are to fight for, and one of the app's own that the platform's staff retire and bring back. */
  codes: readonly string[];
  toggle: () => Promise<void>;
  /** As last read. */
  roles: ArenaRole[];
  /** Invitations made on the way. */
  letters: string[];
}

interface Reply {
  status: number;
  what: string;
}

/** More often what has more ways to go wrong. */
const MOVES = [
  ...['create', 'edit', 'edit', 'edit', 'conditions', 'conditions', 'clone', 'assign', 'assign'],
  ...['restore', 'hand on', 'hand on', 'hand on', 'delete', 'invite', 'invite', 'toggle'],
] as const;
const SOON_MS = [60_000, 3_600_000, 86_400_000];

export async function strike(attack: Attack): Promise<Reply[]> {
  const { arena, chance, obeying, held } = attack;
  const { below, happens, pick, some } = chance;
  const { path, slug } = arena.tenant;
  const ownCodes = [...new Set(held.map(({ code }) => code))];
  const reaches = (role: ArenaRole) => [
    ...role.effectivePermissions.map((code) => ({ code, terms: [], until: null })),
    ...role.conditionalPermissions.map(({ code, conditions }) => ({
      ...{ code, until: null },
      terms: (conditions ?? []).map((term) => JSON.stringify(term)).sort(),
    })),
  ];
  // Mostly what could succeed, or the interesting states are never reached.
  const within = attack.roles.filter(
    (role) => !role.isOwner && role.own.length > 0 && reaches(role).every((reach) => wasHeld(reach, held)),
  );
  const beyond = attack.roles.filter((role) => !within.includes(role));
  const likely = () => pick(within.length > 0 && happens(0.7) ? within : attack.roles);
  const aRole = () => likely().id;
  const codes = () => some(happens(0.75) && ownCodes.length > 0 ? ownCodes : attack.codes, 4);
  const by = happens(0.6) ? (obeying[0] ?? pick(obeying)) : pick(obeying);
  const call = async (method: string, to: string, body?: object): Promise<Reply & { body: Record<string, string> }> => {
    const answer = await by.call(method, `${path}${to}`, body);
    if (answer.status < 300) attack.roles = await arena.roles();
    return { status: answer.status, what: `${method} ${to} ${JSON.stringify(body)}`, body: answer.body };
  };
  const aTerm = (): Term =>
    pick<Term>([
      { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } },
      { attribute: 'resource.amount', operator: 'atMost', value: pick([10, 50]) },
      { attribute: 'user.email', operator: 'equals', value: pick([...obeying, attack.newcomer]).email },
      { attribute: 'tenant.slug', operator: 'equals', value: slug },
    ]);
  const conditions = (of: readonly string[]) =>
    Object.fromEntries(
      of.filter(() => happens(0.5)).map((code) => [code, happens(0.7) ? [aTerm()] : [aTerm(), aTerm()]]),
    );
  const shape = () => {
    const permissions = codes();
    return {
      ...(happens(0.6) ? { permissions, ...(happens(0.4) ? { conditions: conditions(permissions) } : {}) } : {}),
      ...(happens(0.4) ? { parentRoleId: happens(0.8) ? aRole() : null } : {}),
      ...(happens(0.1) ? { isDefault: true } : {}),
    };
  };
  const soon = () => ({ validUntil: new Date(Date.now() + pick(SOON_MS)).toISOString() });
  const give = (to: Fighter, ids: string[]) =>
    call('PATCH', `/members/${to.memberId}`, {
      roles: [...new Set(ids)].map((roleId) => ({ roleId, ...(happens(0.3) ? soon() : {}) })),
    });
  switch (pick(MOVES)) {
    case 'create':
      return [await call('POST', '/roles', { name: `Made ${below(1e9)}`, ...shape() })];
    case 'edit':
      return [await call('PATCH', `/roles/${aRole()}`, { description: `${below(1e9)}`, ...shape() })];
    case 'conditions': {
      const { id, own } = likely();
      const kept = conditions(own.map(({ code }) => code));
      return [await call('PATCH', `/roles/${id}`, { conditions: happens(0.4) ? {} : kept })];
    }
    case 'clone':
      return [await call('POST', `/roles/${aRole()}/clone`, { name: `Copy ${below(1e9)}` })];
    case 'assign':
      return [await give(pick([...obeying, ...obeying, ...arena.others, arena.owner]), [aRole(), aRole()])];
    case 'restore': {
      const { id, version } = likely();
      return [await call('POST', `/roles/${id}/versions/${1 + below(version)}/restore`, {})];
    }
    case 'hand on': {
      // A role of one's own, given to somebody who obeys, is to become one that gives more.
      const made = await call('POST', '/roles', {
        name: `Bait ${below(1e9)}`,
        permissions: ownCodes.length > 0 ? some(ownCodes, 2) : [],
      });
      if (!made.body.id) return [made];
      const given = await give(pick(obeying), [made.body.id, ...(happens(0.7) ? [arena.tenant.roleId('admin')] : [])]);
      const target = pick(beyond.length > 0 && happens(0.7) ? beyond : attack.roles).id;
      return [made, given, await call('DELETE', `/roles/${made.body.id}?remapTo=${target}`)];
    }
    case 'delete':
      return [await call('DELETE', `/roles/${aRole()}?remapTo=${aRole()}`)];
    case 'toggle':
      await attack.toggle();
      return [{ status: 0, what: 'retired or brought back' }];
    case 'invite': {
      const letter = await call('POST', '/invitations', { email: attack.newcomer.email, roleIds: [aRole()] });
      const { id, token } = letter.body;
      if (!id || !token) return [letter];
      attack.letters.push(id);
      // Sometimes other calls come between an invitation and its acceptance.
      const between = happens(0.5) ? await strike(attack) : [];
      const accepted = await attack.newcomer.call('POST', `/api/invitations/${token}/accept`, {});
      if (accepted.body.membershipId) obeying.push({ ...attack.newcomer, memberId: accepted.body.membershipId });
      return [letter, ...between, { status: accepted.status, what: 'accept' }];
    }
  }
}
