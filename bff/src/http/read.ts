import type { Prisma } from '@rolecall/prisma/client';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { ActorAccess, AuthorizedContext } from '../access/actor.ts';
import { AppError, SUCCESS } from '../core/errors.ts';
import type { RawRows, Services } from '../core/services.ts';
import { jsonOf, objectsOf } from '../db/connect/raw-rows.ts';
import type { AppEnv } from './env.ts';

/** What a read is made for; the user is known to its statements only. */
export interface ReadRequest<P = undefined, Q = undefined, B = undefined> {
  services: Services;
  operation: string;
  /** Empty for an API key, which is of a tenant that its statements know. */
  tenantId: string;
  impersonatorId: string | null;
  params: P;
  query: Q;
  body: B;
}

/** A read whose statements are sent together with those of the guard, and how their rows become the answer. */
export interface Read<T> {
  /** Within the tenant, or across tenants for the staff. */
  login: 'server' | 'platform';
  statements: readonly Prisma.Sql[];
  /** PostgreSQL cancels a statement that takes longer. */
  timeoutMs?: number;
  /** Sends the batch when it is the turn of the caller, whom `key` names. */
  queued?: <R>(caller: { services: Services; tenantId: string; key: string }, send: () => Promise<R>) => Promise<R>;
  /** `access` of the caller, who may be an API key. Throws not_found. */
  answer(rows: readonly RawRows[], access: ActorAccess | null): T | JsonText<T>;
}

/** JSON that needs no other look, because its statement has the columns of the schema: the tests hold each answer against it. */
export class JsonText<T> {
  declare readonly schema: T;
  readonly text: string;
  readonly version: number | undefined;

  constructor(text: string, version?: number) {
    this.text = text;
    this.version = version;
  }
}

/** Reads one record by one statement, whose columns are its fields. */
export const readOne = <T>(statement: Prisma.Sql, login: Read<T>['login'] = 'server'): Read<T> => ({
  login,
  statements: [statement],
  answer: ([found]) => {
    const [text] = jsonOf(found as RawRows);
    if (text === undefined) throw new AppError('not_found');
    return new JsonText(text, versionOf(found as RawRows));
  },
});

/** A read inside an object that `statement` finds. */
export const existing = <T>(statement: Prisma.Sql, read: Read<T>): Read<T> => ({
  ...read,
  statements: [statement, ...read.statements],
  answer: ([found, ...rows], access) => {
    oneOf(found);
    return read.answer(rows, access);
  },
});

/** Reads apart from the guard: what a change answers with. */
export async function readNow<P, T>(
  context: AuthorizedContext,
  read: (request: ReadRequest<P>) => Read<T>,
  params: P,
): Promise<T> {
  const { services, operation, scope, actor } = context;
  const impersonatorId = actor.impersonatorId ?? null;
  const request = {
    services,
    operation,
    tenantId: scope.tenantId,
    impersonatorId,
    params,
    query: undefined,
    body: undefined,
  };
  const { login, statements, answer } = read(request);
  const answered = answer(await services.db.together[login](scope, statements), context.access);
  return answered instanceof JsonText ? (JSON.parse(answered.text) as T) : answered;
}

/** Returns the rows of a statement. */
export const allOf = <Row extends object>(rows: RawRows | undefined): Row[] => (rows ? objectsOf(rows) : []);

/** Returns the only row of a statement. Throws not_found. */
export function oneOf<Row extends object>(rows: RawRows | undefined): Row {
  const [row] = allOf<Row>(rows);
  if (!row) throw new AppError('not_found');
  return row;
}

function versionOf({ columns, rows }: RawRows): number | undefined {
  const index = columns.findIndex(({ name }) => name === 'version');
  return index < 0 ? undefined : Number(rows[0]?.[index]);
}

/** Instants that RFC 3339 cannot write, as PostgreSQL writes them in JSON: the schema clamps them. */
const OUT_OF_RANGE = /"[+-]?(infinity"|\d{5,}-\d\d-\d\dT|\d{4}-\d\d-\d\dT[^"]{8,24} BC")/;

export function sendRead<T>(c: Context<AppEnv>, answer: T | JsonText<T>, schema: z.ZodType): Response {
  const { text, version } = answer instanceof JsonText ? answer : jsonTextOf(answer);
  if (version !== undefined) c.header('etag', `"${version}"`);
  const json = OUT_OF_RANGE.test(text) ? JSON.stringify(schema.parse(JSON.parse(text))) : text;
  return c.body(json, SUCCESS.ok, { 'content-type': 'application/json' });
}

function jsonTextOf<T>(answer: T): JsonText<T> {
  const { version } = answer as { version?: unknown };
  return new JsonText(JSON.stringify(answer), typeof version === 'number' ? version : undefined);
}
