import { type Arena, type Chance, type Fighter, TENANT_CODES } from './arena.ts';
import type { TestUser } from './builders.ts';

/** Somebody with whatever roles they have, everybody who obeys them, and a chain of calls that try to get more. */
export interface Attack {
  arena: Arena;
  chance: Chance;
  /** Members who obey the actor, the actor first. */
  obeying: Fighter[];
  /** Not a member yet; obeys as well. */
  newcomer: TestUser;
  /** What they hold together at the start. */
  held: readonly string[];
  /** Invitations made on the way. */
  letters: string[];
}

interface Reply {
  status: number;
  what: string;
}

export async function strike(attack: Attack): Promise<Reply[]> {
  const { arena, chance, obeying, held } = attack;
  const { below, happens, pick, some } = chance;
  const { path } = arena.tenant;
  const roles = await arena.roles();
  // Mostly what could succeed, or the interesting states are never reached.
  const within = roles.filter(
    (role) => role.own.length > 0 && role.effectivePermissions.every((code) => held.includes(code)),
  );
  const likely = () => pick(within.length > 0 && happens(0.7) ? within : roles);
  const aRole = () => likely().id;
  const codes = () => some(happens(0.75) && held.length > 0 ? held : TENANT_CODES, 4);
  const by = happens(0.6) ? (obeying[0] ?? pick(obeying)) : pick(obeying);
  const call = async (method: string, to: string, body?: object): Promise<Reply & { body: Record<string, string> }> => {
    const answer = await by.call(method, `${path}${to}`, body);
    return { status: answer.status, what: `${method} ${to} ${JSON.stringify(body)}`, body: answer.body };
  };
  const shape = () => ({
    ...(happens(0.6) ? { permissions: codes() } : {}),
    ...(happens(0.4) ? { parentRoleId: happens(0.8) ? aRole() : null } : {}),
    ...(happens(0.1) ? { isDefault: true } : {}),
  });
  switch (below(8)) {
    case 0:
      return [await call('POST', '/roles', { name: `Made ${below(1e9)}`, ...shape() })];
    case 1:
    case 2:
      return [await call('PATCH', `/roles/${aRole()}`, { description: `${below(1e9)}`, ...shape() })];
    case 3:
      return [await call('POST', `/roles/${aRole()}/clone`, { name: `Copy ${below(1e9)}` })];
    case 4: {
      const { memberId } = pick([...obeying, ...obeying, ...arena.others, arena.owner]);
      const ids = [...new Set([aRole(), aRole()])];
      return [await call('PATCH', `/members/${memberId}`, { roles: ids.map((roleId) => ({ roleId })) })];
    }
    case 5: {
      const { id, version } = likely();
      return [await call('POST', `/roles/${id}/versions/${1 + below(version)}/restore`, {})];
    }
    case 6:
      return [await call('DELETE', `/roles/${aRole()}?remapTo=${aRole()}`)];
    default: {
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
