import type { Effect } from 'bff/contract';
import { request } from '../../core/api.ts';

/** A request for a dry run. */
export type PlannedChange = {
  method: 'PATCH' | 'DELETE' | 'POST';
  /** Below /api/admin, as for useChange. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  version?: number;
};

/** Above this many affected members, the name has to be typed. */
export const TYPED_ABOVE = 20;

/** Requests the effect of a change, computed by the code that would apply it. */
export function dryRun({ method, path, query, body, version }: PlannedChange, signal?: AbortSignal): Promise<Effect> {
  return request<Effect>(method, `/api/admin/${path}`, {
    query: { ...query, dryRun: true },
    ...(body === undefined ? {} : { body }),
    ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
    signal,
  });
}
