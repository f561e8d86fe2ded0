import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import {
  type ActorAccess,
  type AuthorizedContext,
  assertRequirement,
  assertTenantVisible,
  type FieldRequirements,
  type Requirement,
  readAccess,
  requireAccount,
} from '../access/actor.ts';
import { assertOpenSession } from '../access/ended-session.ts';
import { PLATFORM_TENANT_ID, type PlatformPermission } from '../access/permissions.ts';
import { recordDenial } from '../audit/denial.ts';
import type { Origin } from '../core/actor.ts';
import type { KeyContext, PublicContext } from '../core/context.ts';
import { AppError, DENIALS } from '../core/errors.ts';
import { actorOf, type Identity } from '../core/identity-provider.ts';
import { Uuid } from '../core/schema.ts';
import type { Services } from '../core/services.ts';
import { displayNameOf } from '../core/text/user-names.ts';
import { tenantRead } from '../db/tenant-tx.ts';
import { provisionUser } from '../sync/provisioning.ts';
import { authenticateApiKey } from './api-key.ts';
import type { AppEnv } from './env.ts';
import { idempotencyKeyOf, versionOf } from './input/write-headers.ts';
import { limitAddress, limitSession, limitTenant } from './limits/limit.ts';
import { assertSameOrigin, isSafe } from './origin.ts';

/**
 * Who may call: any client, any signed-in user, the server of the host app by an API key, or a user with a permission in the tenant of
 * the path or in the platform.
 */
export type Access =
  /** `isSigned`: the operation verifies who sent it, so that its requests are not limited per address. */
  | { kind: 'public'; isSigned?: true }
  | { kind: 'authenticated' }
  | { kind: 'api-key' }
  /**
   * `fields`: what some fields require besides, which the operation asserts. `allowsSelf`: members and staff need no permission when the
   * query's `userId` is their own.
   */
  | { kind: 'tenant'; permission: Requirement; fields?: FieldRequirements; allowsSelf?: true }
  | { kind: 'platform'; permission: PlatformPermission; fields?: FieldRequirements };

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

/** Authorizes before the request is parsed, and records each denial, including those of the operation itself. */
export function guard(access: Access, operation: string): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const services = c.get('services');
    const origin = c.get('origin');
    c.set('operation', operation);
    if (access.kind === 'public') {
      c.set('context', { services, origin });
      if (!access.isSigned) await limitAddress(c);
      return next();
    }
    if (access.kind === 'api-key') {
      c.set('context', await authenticateApiKey(c));
      return next();
    }
    const requestedTenant = access.kind === 'tenant' ? (c.req.param('tenantId') ?? '') : PLATFORM_TENANT_ID;
    const tenantId = Uuid.safeParse(requestedTenant).success ? requestedTenant.toLowerCase() : PLATFORM_TENANT_ID;
    const identity = await limitSession(c, () => services.identity.authenticate(c.req.raw));
    const context = await contextOf(c, identity, operation, tenantId);
    c.set('context', context);
    try {
      assertShownUser(c, context);
      assertMayWrite(c, context);
      authorize(
        access,
        context.access,
        requestedTenant.toLowerCase() === tenantId,
        c.req.query('userId') === context.actor.id,
      );
    } catch (error) {
      await recordIfDenied(context, error, requestedTenant);
      throw error;
    }
    if (access.kind === 'tenant') await limitTenant(c, tenantId);
    await next();
    if (c.error) await recordIfDenied(context, c.error, requestedTenant);
  });
}

/** Authenticates the user of the request and reads their current access. Throws not_signed_in without a valid session. */
export async function authenticateRequest(
  c: Context<AppEnv>,
  operation: string,
  tenantId = PLATFORM_TENANT_ID,
): Promise<AuthorizedContext> {
  const identity = await c.get('services').identity.authenticate(c.req.raw);
  return contextOf(c, identity, operation, tenantId);
}

async function contextOf(
  c: Context<AppEnv>,
  identity: Identity,
  operation: string,
  tenantId: string,
): Promise<AuthorizedContext> {
  const services = c.get('services');
  const origin = c.get('origin');
  if (identity.viaCookie) assertSameOrigin(c.req.raw, services);
  const scope = { tenantId, userId: identity.userId };
  return {
    services,
    origin,
    actor: actorOf(identity),
    scope,
    access: await accessOf(services, scope, identity, origin),
    language: /^fr\b/i.test(c.req.header('accept-language') ?? '') ? 'fr' : 'en',
    operation,
    idempotencyKey: idempotencyKeyOf(c.req.header('idempotency-key')),
    ifMatch: versionOf(c.req.header('if-match')),
    dryRun: false,
  };
}

/** Throws session_user_changed for a change from a page that shows another user: sessions are shared by all tabs of a browser. */
function assertShownUser(c: Context<AppEnv>, { actor }: AuthorizedContext): void {
  const shown = c.req.header('x-rolecall-user');
  if (shown === undefined || isSafe(c.req.method) || shown === encodeURIComponent(actor.id ?? '')) return;
  throw new AppError('session_user_changed');
}

/** Throws impersonation_read_only for a change by a user who acts as another, unless the settings allow it. */
function assertMayWrite(c: Context<AppEnv>, { actor, services }: AuthorizedContext): void {
  if (!actor.impersonatorId || services.config.impersonatedWrites || isSafe(c.req.method)) return;
  throw new AppError('impersonation_read_only');
}

function authorize(access: Access, held: ActorAccess, isValidTenantId: boolean, isAboutSelf: boolean): void {
  requireAccount(held);
  if (access.kind === 'platform' && !held.platformPermissions.has(access.permission)) {
    throw new AppError('permission_denied', {
      permission: access.permission,
      detail: `Requires the permission ${access.permission}`,
    });
  }
  if (access.kind === 'tenant') {
    if (!isValidTenantId) throw new AppError('not_found');
    if (access.allowsSelf && isAboutSelf) assertTenantVisible(held);
    else assertRequirement(held, access.permission);
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
    // Clerk's tokens outlive their session by up to a minute; the other providers check the session, or have none.
    services.identity.name === 'clerk' && sessionId !== null
      ? tenantRead(services.db.server, scope, (client) => assertOpenSession(client, sessionId))
      : null,
  ]);
  if (access.user && !isOutOfDate(access.user, identity.profile)) return access;
  return (await provisionUser(services, identity, origin)) ? read() : access;
}

/** Where tokens are the only source of a profile, a changed name or address arrives with the next token. */
function isOutOfDate(known: NonNullable<ActorAccess['user']>, profile: Identity['profile']): boolean {
  if (!profile) return false;
  const { email = known.email, emailVerified = known.emailVerified, firstName, lastName = null } = profile;
  const name = firstName === undefined ? known.name : displayNameOf({ ...profile, email, firstName, lastName });
  return known.name !== name || known.email !== email || known.emailVerified !== emailVerified;
}

/** Records a denial, and a request for a tenant that the actor may not know. */
async function recordIfDenied(context: AuthorizedContext, error: unknown, requestedTenant: string): Promise<void> {
  if (!(error instanceof AppError)) return;
  const isForeignTenant =
    error.code === 'not_found' && !context.access.membership && context.access.platformPermissions.size === 0;
  if (DENIALS.has(error.code) || isForeignTenant) await recordDenial(context, error, requestedTenant);
}
