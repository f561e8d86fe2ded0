import type { CrudFilter, CrudSort, DataProvider, MetaQuery } from '@refinedev/core';
import type { Page } from 'bff/contract';
import type { Method, RequestOptions } from '../../core/api.ts';
import { ApiError, request } from '../../core/api.ts';
import { clearIdempotencyKey, idempotencyKey } from './idempotency.ts';

const API = '/api/admin';
type ListResponse<T> = { data: T[]; page: Page };

/** A resource is its path below /api/admin, tenant included ("tenants/<id>/members"), so no cache entry is shared by two tenants. */
const pathOf = (resource: string, id?: string | number) =>
  id === undefined ? `${API}/${resource}` : `${API}/${resource}/${encodeURIComponent(id)}`;

/** Refine merges the query string of the URL into `meta`; only the abort signal is trusted. */
const signalOf = (meta: MetaQuery | undefined) => (meta?.signal instanceof AbortSignal ? meta.signal : undefined);

function filterQuery(filters: CrudFilter[] = []) {
  return Object.fromEntries(
    filters.flatMap((filter) => {
      if (!('field' in filter) || filter.value === undefined || filter.value === '') return [];
      const name = filter.operator === 'eq' ? filter.field : `${filter.field}[${filter.operator}]`;
      return [[name, String(filter.value)]];
    }),
  );
}

const sortQuery = ([first]: CrudSort[] = []) =>
  first ? { sort: `${first.order === 'desc' ? '-' : ''}${first.field}` } : {};

/** The version of a record that a change is for: the server rejects the change of a stale one. */
export const ifMatch = (version: unknown): Record<string, string> =>
  version === undefined ? {} : { 'if-match': `"${version}"` };

/** `version` in the variables is not a field: it is sent as If-Match, so that a stale save is rejected. */
function withVersion(variables: unknown): { body: Record<string, unknown>; headers: Record<string, string> } {
  const { version, ...body } = (variables ?? {}) as Record<string, unknown>;
  return { body, headers: ifMatch(version) };
}

async function createAt<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  try {
    const response = await request<T>('POST', path, {
      body,
      headers: { ...headers, 'idempotency-key': idempotencyKey(path, body) },
    });
    clearIdempotencyKey(path, body);
    return response;
  } catch (error) {
    if (error instanceof ApiError && error.statusCode >= 400 && error.statusCode < 500) clearIdempotencyKey(path, body);
    throw error;
  }
}

export const dataProvider = {
  getApiUrl: () => API,

  async getList({ resource, pagination, filters, sorters, meta }) {
    const query = { limit: pagination?.pageSize ?? 25, ...sortQuery(sorters), ...filterQuery(filters) };
    const { data, page } = await request<ListResponse<never>>('GET', pathOf(resource), {
      query,
      signal: signalOf(meta),
    });
    return { data, total: page.total, page };
  },

  getOne: async ({ resource, id, meta }) => ({
    data: await request('GET', pathOf(resource, id), { signal: signalOf(meta) }),
  }),

  create: async ({ resource, variables }) => ({ data: await createAt(pathOf(resource), variables) }),

  update: async ({ resource, id, variables }) => ({
    data: await request('PATCH', pathOf(resource, id), withVersion(variables)),
  }),

  deleteOne: async ({ resource, id, variables }) => {
    const { body, headers } = withVersion(variables);
    const options: RequestOptions = Object.keys(body).length > 0 ? { body, headers } : { headers };
    return { data: await request('DELETE', pathOf(resource, id), options) };
  },

  async custom({ url, method, payload, query, headers, meta }) {
    const own = (headers ?? {}) as Record<string, string>;
    if (method === 'post') return { data: await createAt(url, payload, own) };
    return {
      data: await request(method.toUpperCase() as Method, url, {
        headers: own,
        signal: signalOf(meta),
        query: query as RequestOptions['query'],
        body: payload,
      }),
    };
  },
} satisfies DataProvider;
