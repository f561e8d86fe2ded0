import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import {
  type ActorAccess,
  type AuthorizedContext,
  assertPermission,
  assertTenantVisible,
  readAccess,
  requireAccount,
} from '../access/actor.ts';
import { assertOpenSession } from '../access/ended-session.ts';
import { PLATFORM_TENANT_ID, type PlatformPermission, type TenantPermission } from '../access/permissions.ts';
import { recordDenial } from '../audit/denial.ts';
import type { Origin } from '../core/actor.ts';
import type { KeyContext, PublicContext } from '../core/context.ts';
import { AppError, DENIALS } from '../core/errors.ts';
import type { Identity } from '../core/identity-provider.ts';
import { displayNameOf } from '../core/person.ts';
import { Uuid } from '../core/schema.ts';
import type { Services } from '../core/services.ts';
import { tenantRead } from '../db/tenant-tx.ts';
import { provisionUser } from '../sync/provisioning.ts';
import { authenticateApiKey } from './api-key.ts';
import type { AppEnv } from './env.ts';
import { assertSameOrigin } from './origin.ts';

/**
 * Who can call: any client, any signed-in user, the host app's server with an API key, or users with a permission in the
 * path's tenant or in the platform.
 */
export type Access =
  | { kind: 'public' }
  | { kind: 'authenticated' }
  | { kind: 'api-key' }
  /** `isOpenAboutSelf`: members and staff may ask without the permission when the query's `userId` is their own. */
  | { kind: 'tenant'; permission: TenantPermission; isOpenAboutSelf?: true }
  | { kind: 'platform'; permission: PlatformPermission };

export type GuardedContext<A extends Access> = A extends { kind: 'public' }
  ? PublicContext
  : A extends { kind: 'api-key' }
    ? KeyContext
    : AuthorizedContext;

declare module 'hono' {
  interface ContextVariableMap {
    services: Services;
  }
}

/** Decides before anything of the request is looked at, and records each refusal, also those of the operation itself. */
export function guard(access: Access, operation: string): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const services = c.get('services');
    const origin = c.get('origin');
    if (access.kind === 'public') {
      c.set('context', { services, origin });
      return next();
    }
    if (access.kind === 'api-key') {
      c.set('context', await authenticateApiKey(services, origin, c.req.raw));
      return next();
    }
    const askedTenant = access.kind === 'tenant' ? (c.req.param('tenantId') ?? '') : PLATFORM_TENANT_ID;
    const tenantId = Uuid.safeParse(askedTenant).success ? askedTenant.toLowerCase() : PLATFORM_TENANT_ID;
    const context = await authenticateRequest(c, operation, tenantId);
    c.set('context', context);
    try {
      decide(
        access,
        context.access,
        askedTenant.toLowerCase() === tenantId,
        c.req.query('userId') === context.actor.id,
      );
    } catch (error) {
      await denied(context, error, askedTenant);
      throw error;
    }
    await next();
    if (c.error) await denied(context, c.error, askedTenant);
  });
}

/** Who sends this request and what they may do, read now. Throws not_signed_in without a valid session. */
export async function authenticateRequest(
  c: Context<AppEnv>,
  operation: string,
  tenantId = PLATFORM_TENANT_ID,
): Promise<AuthorizedContext> {
  const services = c.get('services');
  const origin = c.get('origin');
  const identity = await services.identity.authenticate(c.req.raw);
  if (!identity) throw new AppError('not_signed_in');
  if (identity.viaCookie) assertSameOrigin(c.req.raw, services);
  const scope = { tenantId, userId: identity.userId };
  return {
    services,
    origin,
    actor: { type: 'user', id: identity.userId, sessionId: identity.sessionId },
    scope,
    access: await accessOf(services, scope, identity, origin),
    language: /^fr\b/i.test(c.req.header('accept-language') ?? '') ? 'fr' : 'en',
    operation,
    idempotencyKey: c.req.header('idempotency-key')?.slice(0, 200) ?? null,
    ifMatch: versionOf(c.req.header('if-match')),
    dryRun: false,
  };
}

function decide(access: Access, held: ActorAccess, tenantIsNamed: boolean, isAboutSelf: boolean): void {
  requireAccount(held);
  if (access.kind === 'platform' && !held.platformPermissions.has(access.permission)) {
    throw new AppError('permission_denied', {
      permission: access.permission,
      detail: `This needs the permission ${access.permission}`,
    });
  }
  if (access.kind === 'tenant') {
    if (!tenantIsNamed) throw new AppError('not_found');
    if (access.isOpenAboutSelf && isAboutSelf) assertTenantVisible(held);
    else assertPermission(held, access.permission);
  }
}

async function accessOf(
  services: Services,
  scope: { tenantId: string; userId: string },
  identity: Identity,
  origin: Origin,
) {
  const read = () => tenantRead(services.db.server, scope, readAccess);
  const { sessionId } = identity;
  const [access] = await Promise.all([
    read(),
    // Clerk's tokens outlive their session by up to a minute; the other providers are asked, or know of no sessions.
    services.identity.name === 'clerk' && sessionId !== null
      ? tenantRead(services.db.server, scope, (client) => assertOpenSession(client, sessionId))
      : null,
  ]);
  if (access.user && !isOutOfDate(access.user, identity.profile)) return access;
  return (await provisionUser(services, identity, origin)) ? read() : access;
}

/** Tells whether the token has a newer name or address than our copy of the user. */
const isOutOfDate = (known: NonNullable<ActorAccess['user']>, claims: Identity['profile']): boolean =>
  claims !== undefined &&
  (known.name !== displayNameOf(claims) ||
    known.email !== claims.email ||
    known.emailVerified !== claims.emailVerified);

/** A refusal is recorded; so is the question for a tenant that the actor may not know of. */
async function denied(context: AuthorizedContext, error: unknown, askedTenant: string): Promise<void> {
  if (!(error instanceof AppError)) return;
  const asksForeignTenant =
    error.code === 'not_found' && !context.access.membership && context.access.platformPermissions.size === 0;
  if (DENIALS.has(error.code) || asksForeignTenant) await recordDenial(context, error, askedTenant);
}

/** `If-Match: "7"` -> 7. Throws malformed_request on anything else than one version or `*`. */
function versionOf(header: string | undefined): number | null {
  if (header === undefined || header === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (!version) throw new AppError('malformed_request', { detail: 'If-Match takes one version, such as "7"' });
  return Number(version);
}
