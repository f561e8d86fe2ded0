import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { notFound } from '../api-error.ts';
import type { InvitationStatus } from '../serialize.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { organizationOf } from '../state/state.ts';
import { bodyOf, defined, json, METADATA, orderOf, pageOf, slice } from './request.ts';

const NewInvitation = z.strictObject({
  email_address: z.email(),
  public_metadata: METADATA.optional(),
  redirect_url: z.string().nullish(),
  notify: z.boolean().nullish(),
  expires_in_days: z.int().min(1).max(365).nullish(),
  ignore_existing: z.boolean().nullish(),
  template_slug: z.string().optional(),
});
const NewOrganizationInvitation = NewInvitation.omit({ ignore_existing: true, template_slug: true }).extend({
  role: z.string(),
  inviter_user_id: z.string().nullish(),
  private_metadata: METADATA.optional(),
});
const Revocation = z.strictObject({ requesting_user_id: z.string().nullish() });

/** /v1/invitations (to the application) and /v1/organizations/{id}/invitations */
export function backendInvitations(instance: ClerkInstance): Hono {
  const { state } = instance;
  const api = new Hono();
  const LIST = '/organizations/:organization/invitations';

  // Expiry changes no state: the status is derived when the invitation is read.
  const asOfNow = <T extends { status: InvitationStatus; expires_at: number | null }>(invitation: T): T =>
    invitation.status === 'pending' && (invitation.expires_at ?? Infinity) <= state.now()
      ? { ...invitation, status: 'expired' }
      : invitation;

  const invitationsIn = (c: Context) => {
    const { id } = organizationOf(state, c.req.param('organization') ?? '');
    return state.invitations
      .values()
      .filter((invitation) => invitation.organization_id === id)
      .map(asOfNow);
  };
  const listOf = (c: Context, statuses: string[] | undefined) => {
    const { isDescending } = orderOf(c, ['created_at']);
    const email = c.req.query('email_address');
    const found = invitationsIn(c).filter(
      (invitation) =>
        (!statuses || statuses.includes(invitation.status)) && (!email || invitation.email_address === email),
    );
    return json({ data: slice(found, { ...pageOf(c), isDescending }), total_count: found.length });
  };
  const one = (c: Context) => {
    const id = c.req.param('invitation') ?? '';
    const found = invitationsIn(c).find((invitation) => invitation.id === id);
    if (!found) throw notFound('organization invitation', id);
    return found;
  };

  api.get(LIST, (c) => listOf(c, c.req.queries('status')));
  api.get(`${LIST}/pending`, (c) => listOf(c, ['pending']));
  api.get(`${LIST}/:invitation`, (c) => json(one(c)));
  api.post(`${LIST}/:invitation/revoke`, async (c) => {
    await bodyOf(c, Revocation);
    return json(instance.revokeInvitation(one(c).id));
  });
  api.post(LIST, async (c) => {
    const body = await bodyOf(c, NewOrganizationInvitation);
    return json(
      instance.createInvitation({
        organizationId: c.req.param('organization'),
        email: body.email_address,
        role: body.role,
        inviterId: body.inviter_user_id ?? null,
        ...defined({
          publicMetadata: body.public_metadata,
          privateMetadata: body.private_metadata,
          expiresInDays: body.expires_in_days ?? undefined,
        }),
      }),
    );
  });

  api.get('/invitations', (c) => {
    const { isDescending } = orderOf(c, ['created_at']);
    const statuses = c.req.queries('status');
    const query = c.req.query('query')?.toLowerCase() ?? '';
    const found = state.applicationInvitations
      .values()
      .map(asOfNow)
      .filter(({ status }) => (statuses ? statuses.includes(status) : status !== 'revoked'))
      .filter(({ email_address }) => email_address.toLowerCase().includes(query));
    const data = slice(found, { ...pageOf(c), isDescending });
    return json(c.req.query('paginated') === 'true' ? { data, total_count: found.length } : data);
  });
  api.post('/invitations', async (c) => {
    const body = await bodyOf(c, NewInvitation);
    return json(
      instance.createApplicationInvitation({
        email: body.email_address,
        ...defined({ publicMetadata: body.public_metadata, expiresInDays: body.expires_in_days ?? undefined }),
      }),
    );
  });
  api.post('/invitations/:id/revoke', (c) => json(instance.revokeApplicationInvitation(c.req.param('id'))));

  return api;
}
