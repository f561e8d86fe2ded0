import type { Context, MiddlewareHandler } from 'hono';
import { uniqueSymbol, validator } from 'hono-openapi';
import type { z } from 'zod';
import { type ActorAccess, assertFields } from '../access/actor.ts';
import { AppError } from '../core/errors.ts';
import type { AppEnv } from './env.ts';
import type { ReadAccess } from './guard/access.ts';
import { admitApiKey } from './guard/api-key.ts';
import { admit, recordIfDenied } from './guard/guard.ts';
import type { MakeRead, Prepared } from './guard/prepare.ts';
import { bodyOf } from './input/read-body.ts';
import { rejectInvalid } from './input/validation.ts';
import { type Read, type ReadRequest, sendRead } from './read.ts';

interface ReadSpec {
  operation: string;
  access: ReadAccess;
  params: z.ZodType | undefined;
  query: z.ZodType;
  body: z.ZodType | undefined;
  perItem?: true;
  response: z.ZodType;
  read: (request: ReadRequest<unknown, unknown, unknown>) => Read<unknown>;
}

/** Returns the handlers of a read. Its input is parsed before the guard runs, and rejected after. */
export const readHandlers = (spec: ReadSpec): MiddlewareHandler<AppEnv>[] => [
  ...(spec.params ? [described('param', spec.params)] : []),
  described('query', spec.query),
  ...(spec.body ? [described('json', spec.body)] : []),
  (c) => respond(c, spec),
];

async function respond(c: Context<AppEnv>, { access, response, ...spec }: ReadSpec): Promise<Response> {
  const { operation } = spec;
  c.set('operation', operation);
  const services = c.get('services');
  let query: unknown;
  const makeRead: MakeRead = async (caller) => {
    const params = spec.params && parsed('param', spec.params, c.req.param());
    query = parsed('query', spec.query, queryOf(c));
    const body = spec.body && parsed('json', spec.body, await bodyOf(c, { perItem: spec.perItem === true }));
    return spec.read({ services, operation, ...caller, params, query, body });
  };
  if (access.kind === 'api-key') return sendRead(c, answerOf(await admitApiKey(c, makeRead), null), response);
  const { context, requestedTenant, ...prepared } = await admit(c, access, operation, makeRead);
  try {
    if (!prepared.failure && 'fields' in access) assertFields(context.access, access.fields ?? {}, Object(query));
    return sendRead(c, answerOf(prepared, context.access), response);
  } catch (error) {
    await recordIfDenied(context, error, requestedTenant);
    throw error;
  }
}

/** Throws why there is no answer. */
function answerOf({ read, rows, failure }: Prepared, access: ActorAccess | null): unknown {
  if (failure) throw failure;
  // The limit of the tenant was used up a moment ago.
  if (!read) throw new AppError('rate_limited');
  return read.answer(rows, access);
}

/** A parameter that occurs several times is a list, as for the other operations. */
const queryOf = (c: Context<AppEnv>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );

type Target = 'param' | 'query' | 'json';

function parsed(target: Target, schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  return rejectInvalid(target)({ success: false, error: result.error.issues });
}

/** For the OpenAPI document only. */
const described = (target: Target, schema: z.ZodType): MiddlewareHandler<AppEnv> =>
  Object.assign<MiddlewareHandler<AppEnv>, object>((_c, next) => next(), {
    [uniqueSymbol]: (validator(target, schema) as unknown as { [uniqueSymbol]: object })[uniqueSymbol],
  });
