import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentityUser } from '../../../core/identity-provider.ts';
import { copyOf, type UserCopy } from '../../apply/user-fields.ts';
import { compareMembership, compareOrganization, compareUser, type StoredMembership } from './diff.ts';

const text = fc.option(fc.string({ minLength: 1, maxLength: 12 }), { nil: null });
const person: fc.Arbitrary<IdentityUser> = fc.record({
  id: fc.string({ minLength: 3, maxLength: 10 }),
  email: text,
  emailVerified: fc.boolean(),
  firstName: text,
  lastName: text,
  imageUrl: fc.option(fc.webUrl(), { nil: null }),
  banned: fc.boolean(),
  locked: fc.boolean(),
  role: text,
  updatedAt: fc.integer({ min: 1, max: 1000 }),
  createdAt: fc.constant(1),
  lastSignInAt: fc.constant(null),
});
const stored = (user: IdentityUser, changes: Partial<UserCopy> = {}) => ({
  ...copyOf(user),
  ...changes,
  deletedAt: null,
  identityUpdatedAt: BigInt(user.updatedAt),
});
const FIELDS = [
  'email',
  'emailVerified',
  'firstName',
  'lastName',
  'name',
  'imageUrl',
  'banned',
  'locked',
  'identityRole',
] as const;
const other = (value: unknown) => (typeof value === 'boolean' ? !value : `${value}, but secretly another`);

describe('users', () => {
  it('differ exactly in the changed fields', () => {
    fc.assert(
      fc.property(person, fc.subarray([...FIELDS]), (user, changed) => {
        const ours = stored(user, Object.fromEntries(changed.map((field) => [field, other(copyOf(user)[field])])));
        const diff = compareUser(ours, user);
        expect(diff?.fields.map(({ field }) => field).sort() ?? []).toEqual([...changed].sort());
        expect(diff?.kind).toBe(changed.length > 0 ? 'different' : undefined);
      }),
    );
  });

  it('differ without exposing personal values', () => {
    fc.assert(
      fc.property(person, (user) => {
        const changes = {
          email: 'x@canary.test',
          firstName: 'canary',
          name: 'canary',
          imageUrl: 'https://canary.test',
          banned: !user.banned,
        };
        const json = JSON.stringify(compareUser(stored(user, changes), user));
        expect(json).toContain(`"ours":${!user.banned}`);
        expect(json).not.toContain('canary');
      }),
    );
  });

  it('do not differ where our copy is newer; deleted ones are final', () => {
    fc.assert(
      fc.property(person, fc.integer({ min: 1, max: 9 }), (user, later) => {
        const ours = stored(user, { banned: !user.banned });
        expect(compareUser({ ...ours, identityUpdatedAt: BigInt(user.updatedAt + later) }, user)).toBeNull();
        expect(compareUser({ ...ours, deletedAt: new Date() }, user)).toMatchObject({ kind: 'missing', isFinal: true });
        expect(compareUser(null, user)).toEqual({ kind: 'missing', fields: [] });
      }),
    );
  });
});

it('a numbered slug is no drift', () => {
  const given = { id: 'org_1', name: 'Acme', slug: 'acme', createdBy: null, createdAt: 1, updatedAt: 5 };
  const ours = { status: 'active' as const, name: 'Acme', slug: 'acme-2', identityUpdatedAt: 5n };
  expect(compareOrganization(ours, given)).toBeNull();
  expect(compareOrganization({ ...ours, slug: 'acme-shop', name: 'Shop' }, given)).toEqual({
    kind: 'different',
    fields: [
      { field: 'name', ours: 'Shop', theirs: 'Acme' },
      { field: 'slug', ours: 'acme-shop', theirs: 'acme' },
    ],
  });
});

describe('membership role', () => {
  const organization = { id: 'org_1', name: 'Acme', slug: 'acme', createdBy: null, createdAt: 1, updatedAt: 5 };
  const given = { id: 'orgmem_1', userId: 'user_1', role: 'org:member', organization, createdAt: 1, updatedAt: 5 };
  const [member, admin, auditor] = [
    { key: 'member', isShared: true, isFromProvider: true },
    { key: 'admin', isShared: true, isFromProvider: true },
    { key: 'auditor', isShared: false, isFromProvider: false },
  ];
  const ours = (changes: Partial<StoredMembership>): StoredMembership => ({
    status: 'active',
    isOver: false,
    identityMembershipId: 'orgmem_1',
    identityUpdatedAt: 5n,
    identityRole: 'org:member',
    held: [member],
    mappedRole: 'member',
    pushStatus: null,
    ...changes,
  });
  const kindOf = (changes: Partial<StoredMembership>) => compareMembership(ours(changes), given, { roles: true })?.kind;

  it('is compared only where the provider has a name for it', () => {
    expect(kindOf({})).toBeUndefined();
    expect(kindOf({ held: [member, auditor] })).toBeUndefined();
    expect(kindOf({ held: [auditor] })).toBeUndefined();
    expect(kindOf({ held: [auditor], identityRole: 'org:admin' })).toBe('role');
    expect(kindOf({ held: [admin] })).toBe('role');
    expect(kindOf({ held: [admin, member] })).toBe('role');
    expect(kindOf({ held: [{ ...admin, isFromProvider: false }, member] })).toBeUndefined();
    expect(kindOf({ held: [] })).toBe('role');
    expect(kindOf({ mappedRole: null })).toBe('role');
    const refused = (more: object) =>
      compareMembership(ours({ mappedRole: null, ...more }), given, { roles: true })?.refusal;
    expect(
      refused({ held: [admin], identityRole: 'org:admin' }),
      'new: the role granted before is removed',
    ).toBeUndefined();
    expect(refused({ held: [member], identityRole: given.role }), 'known, and no role here has its name').toBe(
      'role_unknown',
    );
    expect(kindOf({ held: [admin], pushStatus: 'pending' })).toBeUndefined();
    expect(compareMembership(ours({ held: [admin] }), given, { roles: false })).toBeNull();
  });

  it('stays ended under the same id and returns under another', () => {
    expect(compareMembership(ours({ status: 'left' }), given, { roles: true })?.isFinal).toBe(true);
    const before = ours({ status: 'left', identityMembershipId: 'orgmem_0' });
    expect(compareMembership(before, given, { roles: true })).toEqual({ kind: 'missing', fields: [] });
  });
});
