import type { Hono } from 'hono';
import { listOf, TenantParams } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { open, route, signedIn, tenantOnly } from '../../http/route.ts';
import { acceptInvitation } from './accept.ts';
import { createInvitation, revokeInvitation } from './changes.ts';
import { listInvitations, readByToken, readInvitation } from './queries.ts';
import {
  Invitation,
  InvitationAccepted,
  InvitationByToken,
  InvitationCreate,
  InvitationCreated,
  InvitationListQuery,
  InvitationParams,
  TokenParams,
} from './schema.ts';

const ALL = '/api/admin/tenants/:tenantId/invitations';
const ONE = `${ALL}/:invitationId`;
const BY_TOKEN = '/api/invitations/:token';

export function invitationRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'invitation.list',
    summary: 'List the invitations of a tenant',
    access: tenantOnly('invitations:read'),
    params: TenantParams,
    query: InvitationListQuery,
    success: 'ok',
    response: listOf(Invitation),
    read: listInvitations,
  });
  route(app, {
    method: 'post',
    path: ALL,
    operation: 'invitation.create',
    summary: 'Invite a user with the default role or roles that you may assign; the link is returned once',
    access: tenantOnly('members:invite', { roleIds: 'roles:assign' }),
    params: TenantParams,
    body: InvitationCreate,
    success: 'created',
    response: InvitationCreated,
    handle: ({ context, body }) => createInvitation(context, body),
  });
  route(app, {
    method: 'get',
    path: ONE,
    operation: 'invitation.read',
    summary: 'Get an invitation',
    access: tenantOnly('invitations:read'),
    params: InvitationParams,
    success: 'ok',
    response: Invitation,
    read: readInvitation,
  });
  route(app, {
    method: 'post',
    path: `${ONE}/revoke`,
    operation: 'invitation.revoke',
    summary: 'Revoke an open invitation',
    access: tenantOnly('invitations:revoke'),
    params: InvitationParams,
    success: 'ok',
    response: Invitation,
    handle: ({ context, params }) => revokeInvitation(context, params.invitationId),
  });
  route(app, {
    method: 'get',
    path: BY_TOKEN,
    operation: 'invitation.show',
    summary: 'Get an open invitation by its token',
    access: open,
    params: TokenParams,
    success: 'ok',
    response: InvitationByToken,
    handle: ({ context, params }) => readByToken(context.services, params.token),
  });
  route(app, {
    method: 'post',
    path: `${BY_TOKEN}/accept`,
    operation: 'invitation.accept',
    summary: 'Accept an invitation',
    access: signedIn,
    params: TokenParams,
    success: 'ok',
    response: InvitationAccepted,
    handle: ({ context, params }) => acceptInvitation(context, params.token),
  });
}
