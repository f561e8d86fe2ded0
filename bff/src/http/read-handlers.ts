import type { Context, MiddlewareHandler } from 'hono';
import { uniqueSymbol, validator } from 'hono-openapi';
import type { z } from 'zod';
import { assertFields } from '../access/actor.ts';
import { AppError } from '../core/errors.ts';
import type { AppEnv } from './env.ts';
import type { UserAccess } from './guard/access.ts';
import { admit, recordIfDenied } from './guard/guard.ts';
import { rejectInvalid } from './input/validation.ts';
import { type Read, type ReadRequest, sendRead } from './read.ts';

interface ReadSpec {
  operation: string;
  access: UserAccess;
  params: z.ZodType | undefined;
  query: z.ZodType;
  response: z.ZodType;
  read: (request: ReadRequest<unknown, unknown>) => Read<unknown>;
}

/** Returns the handlers of a read. Its input is parsed before the guard runs, and rejected after. */
export const readHandlers = (spec: ReadSpec): MiddlewareHandler<AppEnv>[] => [
  ...(spec.params ? [described('param', spec.params)] : []),
  described('query', spec.query),
  (c) => respond(c, spec),
];

async function respond(c: Context<AppEnv>, { operation, access, response, ...spec }: ReadSpec): Promise<Response> {
  c.set('operation', operation);
  const services = c.get('services');
  let query: unknown;
  const { context, requestedTenant, ...asked } = await admit(c, access, operation, (caller) => {
    const params = spec.params && parsed('param', spec.params, c.req.param());
    query = parsed('query', spec.query, queryOf(c));
    return spec.read({ services, operation, ...caller, params, query });
  });
  try {
    if (asked.failure) throw asked.failure;
    // The limit of the tenant was used up a moment ago.
    if (!asked.read) throw new AppError('rate_limited');
    if ('fields' in access) assertFields(context.access, access.fields ?? {}, Object(query));
    return sendRead(c, asked.read.answer(asked.rows, context), response);
  } catch (error) {
    await recordIfDenied(context, error, requestedTenant);
    throw error;
  }
}

/** A parameter that occurs several times is a list, as for the other operations. */
const queryOf = (c: Context<AppEnv>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );

function parsed(target: 'param' | 'query', schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  return rejectInvalid(target)({ success: false, error: result.error.issues });
}

/** For the OpenAPI document only. */
const described = (target: 'param' | 'query', schema: z.ZodType): MiddlewareHandler<AppEnv> =>
  Object.assign<MiddlewareHandler<AppEnv>, object>((_c, next) => next(), {
    [uniqueSymbol]: (validator(target, schema) as unknown as { [uniqueSymbol]: object })[uniqueSymbol],
  });
