import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { OrganizationJson } from '../serialize.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { recordsOf } from '../state/memberships.ts';
import { organizationOf } from '../state/state.ts';
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

const NewOrganization = z.strictObject({
  name: z.string().min(1),
  slug: z.string().nullish(),
  created_by: z.string().nullish(),
  public_metadata: METADATA.optional(),
  private_metadata: METADATA.optional(),
  max_allowed_memberships: z.int().nullish(),
  created_at: z.iso.datetime().optional(),
});
const OrganizationChanges = z.strictObject({
  name: z.string().min(1).optional(),
  slug: z.string().optional(),
  max_allowed_memberships: z.int().nullish(),
  admin_delete_enabled: z.boolean().nullish(),
});

/** /v1/organizations, except for memberships and invitations */
export function backendOrganizations(instance: ClerkInstance): Hono {
  const { state } = instance;
  const api = new Hono();

  api.get('/', (c) => {
    const { column, isDescending } = orderOf(c, ['created_at', 'name', 'members_count']);
    const query = c.req.query('query')?.toLowerCase();
    const byId = idFilter(c, 'organization_id');
    const byMember = idFilter(c, 'user_id');
    const membersOf = ({ id }: OrganizationJson) => recordsOf(state, id).map((record) => record.userId);
    const found = state.organizations.values().filter((organization) => {
      const { id, name, slug } = organization;
      if (byId && !byId(id)) return false;
      if (byMember && !membersOf(organization).some(byMember)) return false;
      return !query || id === query || name.toLowerCase().includes(query) || slug.includes(query);
    });
    const ordered = column === 'created_at' ? found : sortedBy(found, (organization) => organization[column]);
    const data = slice(ordered, { ...pageOf(c), isDescending }).map((organization) =>
      withRequestedCounts(c, organization),
    );
    return json({ data, total_count: found.length });
  });

  api.post('/', async (c) => {
    const body = await bodyOf(c, NewOrganization);
    return json(
      instance.createOrganization({
        name: body.name,
        slug: body.slug ?? null,
        createdBy: body.created_by ?? null,
        ...defined({
          publicMetadata: body.public_metadata,
          privateMetadata: body.private_metadata,
          createdAt: body.created_at === undefined ? undefined : Date.parse(body.created_at),
        }),
      }),
    );
  });

  api.get('/:id', (c) => {
    const idOrSlug = c.req.param('id');
    return json(withRequestedCounts(c, instance.findOrganizationBySlug(idOrSlug) ?? organizationOf(state, idOrSlug)));
  });

  api.patch('/:id', async (c) => {
    const { name, slug } = await bodyOf(c, OrganizationChanges);
    return json(instance.updateOrganization(c.req.param('id'), { name, slug }));
  });

  api.patch('/:id/metadata', async (c) => {
    const body = await bodyOf(c, MetadataBody);
    const changes = { public: body.public_metadata, private: body.private_metadata };
    return json(instance.setOrganizationMetadata(c.req.param('id'), changes));
  });

  api.delete('/:id', (c) => json(instance.deleteOrganization(c.req.param('id'))));

  return api;
}

/** Clerk includes counts only on request. */
function withRequestedCounts(c: Context, organization: OrganizationJson): Partial<OrganizationJson> {
  const { members_count, missing_member_with_elevated_permissions, ...rest } = organization;
  return {
    ...rest,
    ...(c.req.query('include_members_count') === 'true' ? { members_count } : {}),
    ...(c.req.query('include_missing_member_with_elevated_permissions') === 'true'
      ? { missing_member_with_elevated_permissions }
      : {}),
  };
}
