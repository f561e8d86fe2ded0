import type { Context, Hono, MiddlewareHandler } from 'hono';
import { describeRoute, validator } from 'hono-openapi';
import { z } from 'zod';
import { anyOfFields, type FieldRequirements, type Requirement } from '../access/actor.ts';
import type { PlatformPermission, TenantPermission } from '../access/permissions.ts';
import { DryRunRollback } from '../audit/change.ts';
import { type ProblemCode, SUCCESS } from '../core/errors.ts';
import { Effect } from '../core/schema.ts';
import type { AppEnv } from './env.ts';
import type { Access, GuardedContext, HandledAccess, ReadAccess } from './guard/access.ts';
import { guard } from './guard/guard.ts';
import { readBody } from './input/read-body.ts';
import { rejectInvalid } from './input/validation.ts';
import { describeOperation } from './openapi/describe.ts';
import type { Read, ReadRequest } from './read.ts';
import { readHandlers } from './read-handlers.ts';

type Schema = z.ZodType;
type Out<S> = S extends Schema ? z.output<S> : undefined;

interface Described<A extends Access, P, Q, B, R extends Schema | undefined> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Hono path; `:tenantId` names the tenant of a tenant operation. */
  path: string;
  /** `entity.verb`: the id of the operation in the OpenAPI document, and the action under which a denial is recorded. */
  operation: string;
  summary: string;
  access: A;
  params?: P;
  query?: Q;
  body?: B;
  success: keyof typeof SUCCESS;
  /** The items of the body are judged one by one: one that is not valid must not refuse the others. */
  perItem?: true;
  /** Accepts `dryRun=true`: performs the change, returns its effect on the permissions of all members, and rolls it back. */
  previews?: true;
  /** The body of a success; undeclared keys are stripped. */
  response: R;
  /** Problems whose status the kind of the operation does not imply: describe.ts. */
  problems?: readonly ProblemCode[];
}

interface Handled<A extends Access, P, Q, B, R> {
  access: A & HandledAccess;
  handle: (request: {
    context: GuardedContext<A>;
    params: Out<P>;
    query: Out<Q>;
    body: Out<B>;
    c: Context<AppEnv>;
  }) => Promise<R extends Schema ? z.input<R> : undefined>;
}

/** What one batch of statements can read is read together with the access of the caller. */
interface ReadTogether<A extends Access, P, Q, B, R> {
  access: A & ReadAccess;
  read: (request: ReadRequest<Out<P>, Out<Q>, Out<B>>) => Read<R extends Schema ? z.input<R> : undefined>;
}

export type RouteSpec<A extends Access, P, Q, B, R extends Schema | undefined> = Described<A, P, Q, B, R> &
  (Handled<A, P, Q, B, R> | ReadTogether<A, P, Q, B, R>);

export const tenantOnly = (permission: TenantPermission | Requirement, fields: FieldRequirements = {}) =>
  ({ kind: 'tenant', permission, fields }) as const;
/** For an update whose fields require different permissions, and nothing else does. */
export const tenantByField = (fields: FieldRequirements) => tenantOnly(anyOfFields(fields), fields);
export const tenantOrSelf = (permission: TenantPermission) =>
  ({ kind: 'tenant', permission, allowsSelf: true }) as const;
export const platformOnly = (permission: PlatformPermission, fields: FieldRequirements = {}) =>
  ({ kind: 'platform', permission, fields }) as const;
export const signedIn = { kind: 'authenticated' } as const;
export const open = { kind: 'public' } as const;
export const bySignature = { kind: 'public', isSigned: true } as const;
export const byApiKey = { kind: 'api-key' } as const;

// The validators are typed for an app without variables; they read none.
export const validated = (target: 'param' | 'query' | 'json', schema: Schema) =>
  validator(target, schema, rejectInvalid(target)) as unknown as MiddlewareHandler<AppEnv>;

/** The only way to register a route: each declares who may call it. */
export function route<
  A extends Access,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  R extends Schema | undefined = undefined,
>(app: Hono<AppEnv>, spec: RouteSpec<A, P, Q, B, R>): void {
  const { params, body, response } = spec as { params?: Schema; body?: Schema; response: Schema | undefined };
  const query = queryOf(spec as { query?: Schema; previews?: true; method: string; access: Access });
  const description = describeRoute(describeOperation(spec));
  const handlers =
    'read' in spec
      ? readHandlers({ ...spec, params, query, body, response } as unknown as Parameters<typeof readHandlers>[0])
      : handlersOf(spec, { params, query, body, response });
  app.on([spec.method.toUpperCase()], [spec.path], description, ...handlers);
}

function handlersOf<A extends Access, P, Q, B, R extends Schema | undefined>(
  spec: Described<A, P, Q, B, R> & Handled<A, P, Q, B, R>,
  { params, query, body, response }: Record<'params' | 'query' | 'body' | 'response', Schema | undefined>,
): MiddlewareHandler<AppEnv>[] {
  const status = SUCCESS[spec.success];
  return [
    guard(spec.access, spec.operation),
    ...(params ? [validated('param', params)] : []),
    ...(query ? [validated('query', query)] : []),
    ...(body ? [readBody({ perItem: spec.perItem === true }), validated('json', body)] : []),
    async (c: Context<AppEnv>) => {
      const valid = (target: 'param' | 'query' | 'json') => (c.req as { valid: (of: string) => unknown }).valid(target);
      const context = c.get('context') as GuardedContext<A>;
      const parsedQuery = query ? (valid('query') as { dryRun?: 'true' | 'false' }) : {};
      if (spec.previews && parsedQuery.dryRun === 'true') Object.assign(context, { dryRun: true });
      const handling = spec.handle({
        context,
        params: (params ? valid('param') : undefined) as Out<P>,
        query: (query ? parsedQuery : undefined) as Out<Q>,
        body: (body ? valid('json') : undefined) as Out<B>,
        c,
      });
      if ('dryRun' in context && context.dryRun) return c.json(Effect.parse(await effectOf(handling)), SUCCESS.ok);
      const result = await handling;
      if (!response) return c.body(null, status);
      const parsed = response.parse(result) as { version?: unknown };
      if (typeof parsed.version === 'number') c.header('etag', `"${parsed.version}"`);
      return c.json(parsed, status as 200);
    },
  ];
}

const DryRun = z.strictObject({ dryRun: z.enum(['true', 'false']).optional() });

/** Unknown parameters are rejected: an operation that ignored one might do more than the caller intended. */
function queryOf(spec: { query?: Schema; previews?: true; method: string; access: Access }): Schema | undefined {
  if (spec.previews) return z.strictObject({ ...(spec.query as z.ZodObject | undefined)?.shape, ...DryRun.shape });
  // The address of a webhook is set at its sender, who may add parameters of its own.
  const isWebhook = spec.access.kind === 'public' && spec.method !== 'get';
  return spec.query ?? (isWebhook ? undefined : z.strictObject({}));
}

async function effectOf(handling: Promise<unknown>): Promise<Effect> {
  try {
    await handling;
  } catch (error) {
    if (error instanceof DryRunRollback) return error.effect;
    throw error;
  }
  throw new Error('an operation with a preview must call change()');
}
