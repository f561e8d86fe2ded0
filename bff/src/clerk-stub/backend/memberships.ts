import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ClerkInstance } from '../state/instance.ts';
import { membershipJson, recordsOf } from '../state/memberships.ts';
import { type MembershipRecord, organizationOf, userOf } from '../state/state.ts';
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

const ORDERS = ['created_at', 'email_address', 'first_name', 'last_name', 'username'] as const;

const NewMembership = z.strictObject({
  user_id: z.string(),
  role: z.string(),
  public_metadata: METADATA.optional(),
  private_metadata: METADATA.optional(),
});
const NewRole = z.strictObject({ role: z.string() });

/** /v1/organization_memberships and /v1/organizations/{id}/memberships */
export function backendMemberships(instance: ClerkInstance): Hono {
  const { state } = instance;
  const api = new Hono();
  const LIST = '/organizations/:organization/memberships';
  const ONE = `${LIST}/:user`;

  const listOf = (c: Context, records: readonly MembershipRecord[]) => {
    const { column, isDescending } = orderOf(c, ORDERS);
    const value = (record: MembershipRecord) => {
      const user = userOf(state, record.userId);
      if (column === 'email_address') return user.email_addresses[0]?.email_address ?? null;
      return column === 'created_at' ? record.created_at : user[column];
    };
    const ordered = column === 'created_at' ? records : sortedBy(records, value);
    const found = slice(ordered, { ...pageOf(c), isDescending });
    return json({ data: found.map((record) => membershipJson(state, record)), total_count: records.length });
  };

  api.get('/organization_memberships', (c) => listOf(c, state.memberships.values()));

  api.get(LIST, (c) => {
    const { id } = organizationOf(state, c.req.param('organization'));
    const byUser = idFilter(c, 'user_id');
    const roles = c.req.queries('role');
    const isWanted = ({ userId, role }: MembershipRecord) =>
      (!byUser || byUser(userId)) && (!roles || roles.includes(role));
    return listOf(c, recordsOf(state, id).filter(isWanted));
  });

  api.post(LIST, async (c) => {
    const body = await bodyOf(c, NewMembership);
    const metadata = defined({ publicMetadata: body.public_metadata, privateMetadata: body.private_metadata });
    return json(instance.addMembership(c.req.param('organization'), body.user_id, body.role, metadata));
  });

  api.patch(ONE, async (c) => {
    const { role } = await bodyOf(c, NewRole);
    return json(instance.setMembershipRole(c.req.param('organization'), c.req.param('user'), role));
  });

  api.patch(`${ONE}/metadata`, async (c) => {
    const body = await bodyOf(c, MetadataBody);
    const changes = { public: body.public_metadata, private: body.private_metadata };
    return json(instance.setMembershipMetadata(c.req.param('organization'), c.req.param('user'), changes));
  });

  api.delete(ONE, (c) => json(instance.removeMembership(c.req.param('organization'), c.req.param('user'))));

  return api;
}
