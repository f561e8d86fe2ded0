import { Prisma, type PrismaClient } from '@rolecall/prisma/client';
import type { RequestContext } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { Page } from '../core/schema.ts';
import type { RawRows, Services } from '../core/services.ts';
import { jsonOf, objectsOf } from '../db/connect/raw-rows.ts';
import { type KeysetQuery, keysetPage } from '../db/lists/keyset.ts';
import type { KeysetList } from '../db/lists/list.ts';
import { serializeDates } from '../db/rows.ts';
import { withinTime } from '../db/scope.ts';
import { sqlState } from '../db/sql-error.ts';
import { JsonText, type Read, type ReadRequest } from './read.ts';

/** Limit, cursor and sort, and the filters of the list. */
type ListQuery = KeysetQuery & Record<string, unknown>;
interface List<Row> {
  data: Row[];
  page: Page;
}

const LONGEST_READ_MS = 5_000;
const CANCELLED = '57014';
/** The same search is faster only once the database is less busy. */
const RETRY_SECONDS = 30;
/** One user, or one tenant, leaves some connections to the others: most while they search, which may take long. */
const TURNS = {
  page: { ofUser: { concurrency: 4, maxWaiting: 50 }, ofTenant: { concurrency: 5, maxWaiting: 100 } },
  search: { ofUser: { concurrency: 2, maxWaiting: 50 }, ofTenant: { concurrency: 3, maxWaiting: 100 } },
};

interface Asker {
  services: Services;
  tenantId: string;
  /** Names the caller. */
  key: string;
}

/** Reads when it is the turn of the caller and of the tenant. Throws query_timeout when a statement takes longer than 5 s. */
const inTurn =
  (kind: keyof typeof TURNS) =>
  async <T>({ services: { tenantQueue }, tenantId, key }: Asker, read: () => Promise<T>): Promise<T> => {
    const { ofUser, ofTenant } = TURNS[kind];
    const ofThisTenant = () => tenantQueue.run(`${kind} of tenant ${tenantId}`, read, ofTenant);
    try {
      return await tenantQueue.run(`${kind} of user ${key}`, ofThisTenant, ofUser);
    } catch (error) {
      if (sqlState(error) === CANCELLED) throw new AppError('query_timeout', { retryAfterSeconds: RETRY_SECONDS });
      throw error;
    }
  };

/** Cursors work for this operation, in this tenant, with the filters of this query only. */
function pageOf<Row extends object>(
  { services, operation, tenantId }: Pick<ReadRequest, 'services' | 'operation' | 'tenantId'>,
  query: ListQuery,
  list: KeysetList,
) {
  const { cursor: _cursor, limit: _limit, sort: _sort, ...filters } = query;
  const binding = JSON.stringify([operation, tenantId, Object.entries(filters).sort()]);
  return keysetPage<Row>(list, { query, binding, keys: services.cursorKeys });
}

const KEYS = new Set(['sort_key', 'sort_id']);
type JsonRow = Record<'sort_key' | 'sort_id' | 'json', string>;

/** One page of a list, whose columns are the fields of its rows. */
export function readList<Row extends object>(
  request: ReadRequest<unknown, unknown>,
  query: ListQuery,
  list: KeysetList,
  login: Read<unknown>['login'] = 'server',
): Read<List<Row>> {
  const page = pageOf<JsonRow>(request, query, list);
  return {
    ...batchOf(page, list, login),
    answer: ([found, ...others]) => {
      const { data, page: info } = page.pageOf([jsonRows(found as RawRows), ...others.map(objectsOf)]);
      return new JsonText(`{"data":[${data.map(({ json }) => json).join(',')}],"page":${JSON.stringify(info)}}`);
    },
  };
}

/** As readList, of rows that become the fields only by `map`. */
export function readMappedList<Row extends object, T>(
  request: ReadRequest<unknown, unknown>,
  {
    query,
    list,
    login,
    map,
  }: { query: ListQuery; list: KeysetList; login: Read<unknown>['login']; map: (row: Row) => T },
): Read<List<T>> {
  const page = pageOf<Row>(request, query, list);
  return {
    ...batchOf(page, list, login),
    answer: (answers) => {
      const { data, page: info } = page.pageOf(answers.map(objectsOf));
      return { data: data.map(map), page: info };
    },
  };
}

const batchOf = (
  { statements }: { statements: readonly Prisma.Sql[] },
  { search }: KeysetList,
  login: Read<unknown>['login'],
) => ({ login, statements, timeoutMs: LONGEST_READ_MS, queued: inTurn(search ? 'search' : 'page') });

function jsonRows(found: RawRows): JsonRow[] {
  const texts = jsonOf(found, KEYS);
  const [key, id] = ['sort_key', 'sort_id'].map((name) => found.columns.findIndex((column) => column.name === name));
  return found.rows.map((values, index) => ({
    sort_key: values[key ?? -1] ?? '',
    sort_id: values[id ?? -1] ?? '',
    json: texts[index] ?? '',
  }));
}

/** Reads one page of a list, for an operation that reads other things before. */
export const listPage = async <Row extends object>(
  client: PrismaClient,
  { services, operation, scope, actor }: RequestContext,
  query: ListQuery,
  list: KeysetList,
): Promise<List<Row>> => {
  const { tenantId } = scope;
  const { statements, pageOf: toPage } = pageOf<Row>({ services, operation, tenantId }, query, list);
  const read = () =>
    withinTime(LONGEST_READ_MS, () => Promise.all(statements.map((statement) => client.$queryRaw<Row[]>(statement))));
  const answers = await inTurn('page')({ services, tenantId, key: actor.id ?? '' }, read);
  return toPage(answers.map((rows) => rows.map(serializeDates)));
};

/** Conditions of `field[gte]` and `field[lte]`, both inclusive. */
export const instantFilter = (column: Prisma.Sql, from: string | undefined, to: string | undefined): Prisma.Sql[] => [
  ...(from ? [Prisma.sql`${column} >= ${from}::timestamptz`] : []),
  ...(to ? [Prisma.sql`${column} <= ${to}::timestamptz`] : []),
];
