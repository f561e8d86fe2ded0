import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AuthorizedContext } from '../../access/actor.ts';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { recordDenial } from '../../audit/denial.ts';
import { AppError, DENIALS } from '../../core/errors.ts';
import { actorOf } from '../../core/identity-provider.ts';
import { Uuid } from '../../core/schema.ts';
import type { Services } from '../../core/services.ts';
import type { AppEnv } from '../env.ts';
import { idempotencyKeyOf, versionOf } from '../input/write-headers.ts';
import { isUsedUp, limitAddress, limitSession, limitTenant } from '../limits/limit.ts';
import { authorize, type HandledAccess, type UserAccess } from './access.ts';
import { authenticate, type Caller, type Question } from './authenticate.ts';
import { assertSameOrigin, isSafe } from './origin.ts';
import type { Prepared } from './prepare.ts';

/*
 * How a request of a user is guarded. One batch of statements, in one round trip, says who calls (the session of a signed cookie; a token
 * was verified before), what they may do in the tenant of the path now, and, for a read, its rows: PostgreSQL reads them for a permitted
 * caller only, in the scope of tenant and user. Then `authorize` decides, here, about the access that was read; a denial is recorded, and
 * the rows are dropped. Nothing of it is remembered, so that the next request on any instance obeys a revocation. An operation that
 * changes something, or that needs more than one batch, is authorized alike and then works on its own. api-key.ts does the same for keys.
 */

declare module 'hono' {
  interface ContextVariableMap {
    services: Services;
  }
}

/** Authorizes before the request is parsed, and records each denial, including those of the operation itself. */
export function guard(access: HandledAccess, operation: string): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.set('operation', operation);
    if (access.kind === 'public') {
      c.set('context', { services: c.get('services'), origin: c.get('origin') });
      if (!access.isSigned) await limitAddress(c);
      return next();
    }
    const { context, requestedTenant } = await admit(c, access, operation, null);
    await next();
    if (c.error) await recordIfDenied(context, c.error, requestedTenant);
  });
}

export interface Admitted extends Prepared {
  context: AuthorizedContext;
  requestedTenant: string;
}

/** Authenticates and authorizes a user. Throws the refusal, after it was recorded. */
export async function admit(
  c: Context<AppEnv>,
  access: UserAccess,
  operation: string,
  read: Question['read'],
): Promise<Admitted> {
  const services = c.get('services');
  const requestedTenant = access.kind === 'tenant' ? (c.req.param('tenantId') ?? '') : PLATFORM_TENANT_ID;
  const tenantId = Uuid.safeParse(requestedTenant).success ? requestedTenant.toLowerCase() : PLATFORM_TENANT_ID;
  // A tenant that has used up its limit costs no rows.
  const isRefused = read !== null && access.kind === 'tenant' && (await isUsedUp(c, tenantId));
  const { identity, ...caller } = await limitSession(c, () =>
    authenticate({ ...questionOf(c, access, tenantId), read: isRefused ? null : read }),
  );
  if (identity.viaCookie) assertSameOrigin(c.req.raw, services);
  const context = contextOf(c, { identity, access: caller.access }, operation, tenantId);
  c.set('context', context);
  try {
    assertShownUser(c, context);
    assertMayWrite(c, context);
    authorize(access, caller.access, {
      isValidTenantId: requestedTenant.toLowerCase() === tenantId,
      isAboutSelf: c.req.query('userId') === context.actor.id,
    });
  } catch (error) {
    await recordIfDenied(context, error, requestedTenant);
    throw error;
  }
  if (access.kind === 'tenant') await limitTenant(c, tenantId);
  return { ...caller, context, requestedTenant };
}

/** Authenticates the user of the request again and reads their current access. Throws not_signed_in without a valid session. */
export async function authenticateAgain(c: Context<AppEnv>, operation: string): Promise<AuthorizedContext> {
  const caller = await authenticate(questionOf(c, { kind: 'authenticated' }, PLATFORM_TENANT_ID));
  return contextOf(c, caller, operation, PLATFORM_TENANT_ID);
}

const questionOf = (c: Context<AppEnv>, access: UserAccess, tenantId: string): Question => ({
  services: c.get('services'),
  request: c.req.raw,
  origin: c.get('origin'),
  tenantId,
  access,
  read: null,
});

const contextOf = (
  c: Context<AppEnv>,
  { identity, access }: Pick<Caller, 'identity' | 'access'>,
  operation: string,
  tenantId: string,
): AuthorizedContext => ({
  services: c.get('services'),
  origin: c.get('origin'),
  actor: actorOf(identity),
  scope: { tenantId, userId: identity.userId },
  access,
  language: /^fr\b/i.test(c.req.header('accept-language') ?? '') ? 'fr' : 'en',
  operation,
  idempotencyKey: idempotencyKeyOf(c.req.header('idempotency-key')),
  ifMatch: versionOf(c.req.header('if-match')),
  dryRun: false,
});

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

/** Records a denial, and a request for a tenant that the actor may not know. */
export async function recordIfDenied(
  context: AuthorizedContext,
  error: unknown,
  requestedTenant: string,
): Promise<void> {
  if (!(error instanceof AppError)) return;
  const isForeignTenant =
    error.code === 'not_found' && !context.access.membership && context.access.platformPermissions.size === 0;
  if (DENIALS.has(error.code) || isForeignTenant) await recordDenial(context, error, requestedTenant);
}
