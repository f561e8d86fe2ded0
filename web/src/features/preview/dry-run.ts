import type { Effect } from 'bff/contract';
import { request } from '../../core/api.ts';

/** A change that is not made yet, as it would be sent. */
export type PlannedChange = {
  method: 'PATCH' | 'DELETE' | 'POST';
  /** Below /api/admin, as for useChange. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  version?: number;
};

/** Above so many people, the name has to be typed. */
export const TYPED_ABOVE = 20;

/** Asks the server who would gain and lose what, by the code that would make the change. */
export function dryRun({ method, path, query, body, version }: PlannedChange, signal?: AbortSignal): Promise<Effect> {
  return request<Effect>(method, `/api/admin/${path}`, {
    query: { ...query, dryRun: true },
    ...(body === undefined ? {} : { body }),
    ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
    signal,
  });
}
