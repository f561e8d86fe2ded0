import fc from 'fast-check';
import { at } from '../fixtures/clerk-webhooks.ts';

type Json = Record<string, unknown>;

/** What a provider, or who signs in there, might send instead of a value. */
const hostileValue = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, undefined, true, false, '', ' ', [], {}, ['x'], [['x']], { a: { b: [1] } }, 'x'.repeat(5_000)],
    ...[0, -1, 1.5, 1e300, -1e300, 1e15, 8.64e15 + 1, 253_402_300_800_000, Number.MAX_SAFE_INTEGER],
    ...['\ud83d', 'a\ud83d\u0000b', '\u202eevil\u200b', '\u200b', '../..', '.', "'; DROP TABLE tenant --", '__proto__'],
    ...['org:admin', 'OWNER', ['org:admin'], { role: 'org:admin' }, 'ada@example.test', '"a b"@x.test', 'ü@x.test'],
    'DEEP',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.anything({ maxDepth: 3 }).filter((value) => typeof value !== 'bigint' && isJson(value)),
);

const isJson = (value: unknown): boolean => {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
};

interface Mutation {
  pathIndex: number;
  value: unknown;
}

const mutations = fc.array(fc.record({ pathIndex: fc.nat(999), value: hostileValue }), { minLength: 1, maxLength: 3 });
const someId = (kind: string) => fc.nat(24).map((number) => `${kind}_${number}`);
const when = fc.nat(50).map((seconds) => at(seconds));

const user = fc.record({ id: someId('user'), at: when, banned: fc.boolean() }).map(({ id, at: updated, banned }) => ({
  ...{ object: 'user', id, primary_email_address_id: 'idn_1', first_name: 'Ada', last_name: 'Park', username: 'ada' },
  ...{ primary_phone_number_id: 'idn_2', phone_numbers: [{ id: 'idn_2', phone_number: '+15550001' }] },
  email_addresses: [{ id: 'idn_1', email_address: `${id}@example.test`, verification: { status: 'verified' } }],
  image_url: 'https://img.clerk.com/x',
  public_metadata: { role: 'admin' },
  unsafe_metadata: { role: 'member' },
  ...{ banned, locked: false, last_sign_in_at: at(9), created_at: at(0), updated_at: updated },
}));
const organization = fc.record({ id: someId('org'), at: when, by: someId('user') }).map(({ id, at: updated, by }) => ({
  ...{ object: 'organization', id, name: `Acme ${id}`, slug: id.replace('_', '-'), created_by: by },
  ...{ created_at: at(0), updated_at: updated },
}));
const membership = fc
  .record({ id: someId('orgmem'), of: organization, by: someId('user'), at: when })
  .map(({ id, of, by, at: updated }) => ({
    ...{ object: 'organization_membership', id, role: 'org:admin', organization: of },
    ...{ public_user_data: { user_id: by, first_name: 'Ada' }, created_at: at(0), updated_at: updated },
  }));
const invitation = fc
  .record({ id: someId('orginv'), of: someId('org'), status: fc.constantFrom('pending', 'accepted', 'revoked') })
  .map(({ id, of, status }) => ({
    ...{ object: 'organization_invitation', id, email_address: `${id}@example.test`, role: 'org:admin', status },
    ...{ organization_id: of, user_id: 'user_1', expires_at: at(9e6), created_at: at(0), updated_at: at(1) },
  }));
const session = fc.record({ id: someId('sess'), of: someId('user') }).map(({ id, of }) => ({
  ...{ object: 'session', id, user_id: of, status: 'ended', created_at: at(5), updated_at: at(5) },
}));
const claims = fc.record({ id: someId('jwt') }).map(({ id }) => ({
  ...{ sub: id, email: `${id}@example.test`, email_verified: true, given_name: 'Ada', family_name: 'Park' },
  ...{ name: 'Ada Park', preferred_username: 'ada', phone_number: '+15550001', picture: 'https://img.example.test/x' },
  user_metadata: { full_name: 'Ada Park', avatar_url: 'https://img.example.test/x' },
}));

const KINDS = {
  user: { object: user, types: ['user.created', 'user.updated', 'user.deleted'] },
  organization: {
    object: organization,
    types: ['organization.created', 'organization.updated', 'organization.deleted'],
  },
  membership: {
    object: membership,
    types: ['organizationMembership.created', 'organizationMembership.updated', 'organizationMembership.deleted'],
  },
  invitation: {
    object: invitation,
    types: ['organizationInvitation.created', 'organizationInvitation.accepted', 'organizationInvitation.revoked'],
  },
  session: { object: session, types: ['session.created', 'session.ended'] },
  claims: { object: claims, types: ['claims'] },
} as const;

export interface HostilePayload {
  kind: keyof typeof KINDS;
  /** The type of the webhook event. */
  type: string;
  data: Json;
}

/** Objects of a provider in which one to three values are not what its documentation promises. */
export const hostilePayload: fc.Arbitrary<HostilePayload> = fc
  .constantFrom(...(Object.keys(KINDS) as HostilePayload['kind'][]))
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      type: fc.constantFrom(...KINDS[kind].types),
      data: fc
        .tuple(KINDS[kind].object as fc.Arbitrary<Json>, mutations)
        .map(([object, all]) => all.reduce(mutate, object)),
    }),
  );

function mutate(object: Json, { pathIndex, value }: Mutation): Json {
  const copy = structuredClone(object);
  const slots = slotsIn(copy);
  const slot = slots[pathIndex % slots.length];
  if (slot && slot.key !== '__proto__') slot.holder[slot.key] = value;
  return copy;
}

function slotsIn(value: unknown): { holder: Json; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Json;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...slotsIn(holder[key])]);
}

const DEPTH = 5_000;

/** Writes JSON, with the values that JSON.stringify cannot nest. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value).replaceAll('"DEEP"', `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`);
