import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { invalid } from '../api-error.ts';
import type { UserJson } from '../serialize.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { membershipJson, recordsOf } from '../state/memberships.ts';
import { userOf } from '../state/state.ts';
import {
  bodyOf,
  defined,
  idFilter,
  json,
  METADATA,
  MetadataBody,
  orderOf,
  pageOf,
  slice,
  sortedBy,
} from './request.ts';

const ORDERS = [
  'created_at',
  'updated_at',
  'email_address',
  'first_name',
  'last_name',
  'username',
  'last_active_at',
  'last_sign_in_at',
] as const;

const Details = z.strictObject({
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  username: z.string().nullish(),
  external_id: z.string().nullish(),
  password: z.string().min(8).optional(),
  skip_password_checks: z.boolean().nullish(),
  skip_password_requirement: z.boolean().nullish(),
  public_metadata: METADATA.optional(),
  private_metadata: METADATA.optional(),
  unsafe_metadata: METADATA.optional(),
});
const NewUser = Details.extend({
  email_address: z.array(z.string()).optional(),
  created_at: z.iso.datetime().optional(),
});
const UserChanges = Details.extend({ primary_email_address_id: z.string().optional() });
const UserMetadata = MetadataBody.extend({ unsafe_metadata: METADATA.optional() });

/** /v1/users */
export function backendUsers(instance: ClerkInstance): Hono {
  const { state } = instance;
  const api = new Hono();

  api.get('/', (c) => {
    const { column, isDescending } = orderOf(c, ORDERS);
    const page = { ...pageOf(c), isDescending };
    const isWanted = filterOf(instance, c);
    const all = state.users.values();
    const found = isWanted ? all.filter(isWanted) : all;
    const ordered = column === 'created_at' ? found : sortedBy(found, orderValue(column));
    const cursor = c.req.query('starting_after');
    if (cursor === undefined) return json(slice(ordered, page));

    if (column !== 'created_at')
      throw invalid('form_param_value_invalid', 'Needs the order by created_at.', 'starting_after');
    if (page.offset > 0)
      throw invalid('form_param_value_invalid', 'Cannot be combined with an offset.', 'starting_after');
    const last = state.users.get(cursor);
    if (!last) throw invalid('form_param_value_invalid', `No user was found with id ${cursor}.`, 'starting_after');
    const index = isWanted ? ordered.indexOf(last) : state.users.indexOf(last);
    if (index < 0) throw invalid('form_param_value_invalid', 'The cursor is not in this list.', 'starting_after');
    const rest = isDescending
      ? ordered.slice(Math.max(0, index - page.limit), index)
      : ordered.slice(index + 1, index + 1 + page.limit);
    return json(slice(rest, page));
  });

  api.get('/count', (c) => {
    const isWanted = filterOf(instance, c);
    const total_count = isWanted ? state.users.values().filter(isWanted).length : state.users.size;
    return json({ object: 'total_count', total_count });
  });

  api.post('/', async (c) => {
    const body = await bodyOf(c, NewUser);
    const emails = body.email_address?.map((address) => ({ address }));
    const createdAt = body.created_at === undefined ? undefined : Date.parse(body.created_at);
    return json(instance.createUser(defined({ ...detailsOf(body), emails, createdAt })));
  });

  api.post('/ban', (c) => each(c, instance.banUser));
  api.post('/unban', (c) => each(c, instance.unbanUser));
  api.get('/:id', (c) => json(userOf(state, c.req.param('id'))));
  api.delete('/:id', (c) => json(instance.deleteUser(c.req.param('id'))));
  api.post('/:id/ban', (c) => json(instance.banUser(c.req.param('id'))));
  api.post('/:id/unban', (c) => json(instance.unbanUser(c.req.param('id'))));
  api.post('/:id/lock', (c) => json(instance.lockUser(c.req.param('id'))));
  api.post('/:id/unlock', (c) => json(instance.unlockUser(c.req.param('id'))));

  api.patch('/:id', async (c) => {
    const id = c.req.param('id');
    const { primary_email_address_id, ...body } = await bodyOf(c, UserChanges);
    if (primary_email_address_id !== undefined) instance.setPrimaryEmail(id, primary_email_address_id);
    return json(instance.updateUser(id, defined(detailsOf(body))));
  });

  api.patch('/:id/metadata', async (c) => {
    const body = await bodyOf(c, UserMetadata);
    const changes = { public: body.public_metadata, private: body.private_metadata, unsafe: body.unsafe_metadata };
    return json(instance.setUserMetadata(c.req.param('id'), changes));
  });

  api.put('/:id/metadata', async (c) =>
    json(instance.updateUser(c.req.param('id'), defined(detailsOf(await bodyOf(c, UserMetadata))))),
  );

  api.get('/:id/organization_memberships', (c) => {
    const records = recordsOf(state, userOf(state, c.req.param('id')).id);
    const found = slice(records, { ...pageOf(c), isDescending: true });
    return json({ data: found.map((record) => membershipJson(state, record)), total_count: records.length });
  });

  return api;
}

const UserIds = z.strictObject({ user_ids: z.array(z.string()).min(1).max(50) });

async function each(c: Context, change: (userId: string) => UserJson): Promise<Response> {
  const { user_ids } = await bodyOf(c, UserIds);
  return json(user_ids.map(change));
}

const detailsOf = (body: Partial<z.output<typeof Details>>) => ({
  firstName: body.first_name,
  lastName: body.last_name,
  username: body.username,
  externalId: body.external_id,
  password: body.password,
  publicMetadata: body.public_metadata,
  privateMetadata: body.private_metadata,
  unsafeMetadata: body.unsafe_metadata,
});

const primaryEmail = (user: UserJson) =>
  user.email_addresses.find(({ id }) => id === user.primary_email_address_id)?.email_address ?? null;

const orderValue = (column: (typeof ORDERS)[number]) => (user: UserJson) =>
  column === 'email_address' ? primaryEmail(user) : user[column];

/** Returns the filters of a list; null without any, so that a long list is not filtered in vain. */
function filterOf(instance: ClerkInstance, c: Context): ((user: UserJson) => boolean) | null {
  const emails = c.req.queries('email_address')?.map((address) => address.toLowerCase());
  const query = c.req.query('query')?.toLowerCase();
  const banned = c.req.query('banned');
  const before = Number(c.req.query('created_at_before') ?? Number.NaN);
  const after = Number(c.req.query('created_at_after') ?? Number.NaN);
  const byId = idFilter(c, 'user_id');
  const byExternalId = idFilter(c, 'external_id');
  const byOrganization = idFilter(c, 'organization_id');
  const organizationsOf = (user: UserJson) => recordsOf(instance.state, user.id).map((record) => record.organizationId);

  const tests = [
    byId && ((user: UserJson) => byId(user.id)),
    byExternalId && ((user: UserJson) => user.external_id !== null && byExternalId(user.external_id)),
    byOrganization && ((user: UserJson) => organizationsOf(user).some(byOrganization)),
    emails && ((user: UserJson) => addressesOf(user).some((address) => emails.includes(address))),
    query && ((user: UserJson) => searchTermsOf(user).some((term) => term.includes(query))),
    banned && ((user: UserJson) => String(user.banned) === banned),
    !Number.isNaN(before) && ((user: UserJson) => user.created_at < before),
    !Number.isNaN(after) && ((user: UserJson) => user.created_at > after),
  ].filter((test) => typeof test === 'function');
  return tests.length > 0 ? (user) => tests.every((test) => test(user)) : null;
}

const addressesOf = (user: UserJson) => user.email_addresses.map(({ email_address }) => email_address.toLowerCase());

const searchTermsOf = (user: UserJson) => [
  ...addressesOf(user),
  ...[user.id, user.username, user.first_name, user.last_name].map((term) => term?.toLowerCase() ?? ''),
];
