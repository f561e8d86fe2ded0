import type { Term } from '../../access/conditions.ts';
import type { TestUser } from '../fixtures/builders.ts';
import { type HeldGrant, isCovered } from './blast-radius.ts';
import type { EscalationFixture, FixtureMember, FixtureRole, RandomSource } from './escalation-fixture.ts';

/** An actor with the users they control, and what they hold before a chain of calls that try to gain more. */
export interface AttackCase {
  fixture: EscalationFixture;
  random: RandomSource;
  /** The actor, followed by the members they control. */
  controlledUsers: FixtureMember[];
  /** A controlled user who is not a member yet. */
  invitee: TestUser;
  /** What all of them hold at the start. */
  initialGrants: readonly HeldGrant[];
  /** All codes to gain, including one of the host app that `toggle` retires and restores. */
  codes: readonly string[];
  toggle: () => Promise<void>;
  /** The roles as last read. */
  roles: FixtureRole[];
  /** Invitations created by the chain. */
  invitationIds: string[];
}

interface ActionResult {
  status: number;
  description: string;
}

/** Actions with more edge cases are listed more often. */
const ACTIONS = [
  ...['create', 'edit', 'edit', 'edit', 'conditions', 'conditions', 'clone', 'assign', 'assign'],
  ...['restore', 'remap', 'remap', 'remap', 'delete', 'invite', 'invite', 'toggle'],
] as const;
const DURATIONS_MS = [60_000, 3_600_000, 86_400_000];

export async function performRandomAction(attackCase: AttackCase): Promise<ActionResult[]> {
  const { fixture, random, controlledUsers, initialGrants } = attackCase;
  const { below, happens, pick, some } = random;
  const { path, slug } = fixture.tenant;
  const ownCodes = [...new Set(initialGrants.map(({ code }) => code))];
  const grants = (role: FixtureRole) => [
    ...role.effectivePermissions.map((code) => ({ code, terms: [], until: null })),
    ...role.conditionalPermissions.map(({ code, conditions }) => ({
      ...{ code, until: null },
      terms: (conditions ?? []).map((term) => JSON.stringify(term)).sort(),
    })),
  ];
  // Mostly actions that can succeed; interesting states are never reached otherwise.
  const grantable = attackCase.roles.filter(
    (role) => !role.isOwner && role.own.length > 0 && grants(role).every((grant) => isCovered(grant, initialGrants)),
  );
  const notGrantable = attackCase.roles.filter((role) => !grantable.includes(role));
  const mostlyFrom = (roles: FixtureRole[]) => pick(roles.length > 0 && happens(0.7) ? roles : attackCase.roles);
  const likelyRole = () => mostlyFrom(grantable);
  const roleId = () => likelyRole().id;
  const codes = () => some(happens(0.75) && ownCodes.length > 0 ? ownCodes : attackCase.codes, 4);
  const by = happens(0.6) ? (controlledUsers[0] ?? pick(controlledUsers)) : pick(controlledUsers);
  const call = async (
    method: string,
    to: string,
    body?: object,
  ): Promise<ActionResult & { body: Record<string, string> }> => {
    const response = await by.call(method, `${path}${to}`, body);
    if (response.status < 300) attackCase.roles = await fixture.roles();
    return { status: response.status, description: `${method} ${to} ${JSON.stringify(body)}`, body: response.body };
  };
  const aTerm = (): Term =>
    pick<Term>([
      { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } },
      { attribute: 'resource.amount', operator: 'atMost', value: pick([10, 50]) },
      { attribute: 'user.email', operator: 'equals', value: pick([...controlledUsers, attackCase.invitee]).email },
      { attribute: 'tenant.slug', operator: 'equals', value: slug },
    ]);
  const conditions = (of: readonly string[]) =>
    Object.fromEntries(
      of.filter(() => happens(0.5)).map((code) => [code, happens(0.7) ? [aTerm()] : [aTerm(), aTerm()]]),
    );
  const randomFields = () => {
    const permissions = codes();
    return {
      ...(happens(0.6) ? { permissions, ...(happens(0.4) ? { conditions: conditions(permissions) } : {}) } : {}),
      ...(happens(0.4) ? { parentRoleId: happens(0.8) ? roleId() : null } : {}),
      ...(happens(0.1) ? { isDefault: true } : {}),
    };
  };
  const temporary = () => ({ validUntil: new Date(Date.now() + pick(DURATIONS_MS)).toISOString() });
  const assignRoles = (to: FixtureMember, ids: string[]) =>
    call('PATCH', `/members/${to.memberId}`, {
      roles: [...new Set(ids)].map((roleId) => ({ roleId, ...(happens(0.3) ? temporary() : {}) })),
    });
  switch (pick(ACTIONS)) {
    case 'create':
      return [await call('POST', '/roles', { name: `Created ${below(1e9)}`, ...randomFields() })];
    case 'edit':
      return [await call('PATCH', `/roles/${roleId()}`, { description: `${below(1e9)}`, ...randomFields() })];
    case 'conditions': {
      const { id, own } = likelyRole();
      const subset = conditions(own.map(({ code }) => code));
      return [await call('PATCH', `/roles/${id}`, { conditions: happens(0.4) ? {} : subset })];
    }
    case 'clone':
      return [await call('POST', `/roles/${roleId()}/clone`, { name: `Copy ${below(1e9)}` })];
    case 'assign':
      return [
        await assignRoles(pick([...controlledUsers, ...controlledUsers, ...fixture.others, fixture.owner]), [
          roleId(),
          roleId(),
        ]),
      ];
    case 'restore': {
      const { id, version } = likelyRole();
      return [await call('POST', `/roles/${id}/versions/${1 + below(version)}/restore`, {})];
    }
    case 'remap': {
      // Assigns a role with few permissions, then deletes it in favour of one that grants more.
      const role = await call('POST', '/roles', {
        name: `Stepping stone ${below(1e9)}`,
        permissions: ownCodes.length > 0 ? some(ownCodes, 2) : [],
      });
      if (!role.body.id) return [role];
      const assigned = await assignRoles(pick(controlledUsers), [
        role.body.id,
        ...(happens(0.7) ? [fixture.tenant.roleId('admin')] : []),
      ]);
      const target = mostlyFrom(notGrantable).id;
      return [role, assigned, await call('DELETE', `/roles/${role.body.id}?remapTo=${target}`)];
    }
    case 'delete':
      return [await call('DELETE', `/roles/${roleId()}?remapTo=${roleId()}`)];
    case 'toggle':
      await attackCase.toggle();
      return [{ status: 0, description: 'retired or restored' }];
    case 'invite': {
      const invitation = await call('POST', '/invitations', { email: attackCase.invitee.email, roleIds: [roleId()] });
      const { id, token } = invitation.body;
      if (!id || !token) return [invitation];
      attackCase.invitationIds.push(id);
      // Sometimes another action happens between an invitation and its acceptance.
      const between = happens(0.5) ? await performRandomAction(attackCase) : [];
      const accepted = await attackCase.invitee.call('POST', `/api/invitations/${token}/accept`, {});
      if (accepted.body.membershipId)
        controlledUsers.push({ ...attackCase.invitee, memberId: accepted.body.membershipId });
      return [invitation, ...between, { status: accepted.status, description: 'accept' }];
    }
  }
}
