import { useCustomMutation } from '@refinedev/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { refreshMe } from '../auth/session.ts';
import { notify } from '../notifications.ts';

type Change<T> = {
  method: 'post' | 'patch' | 'put' | 'delete';
  /** Below /api/admin, such as useTenantScope().resource('members') + '/<id>'. */
  path: string;
  body?: unknown;
  /** The version shown to the user; the server rejects the change if it is stale. */
  version?: number;
  /** The success message. */
  done: string;
  /** Runs before refetching: the place to leave a page whose record is gone. */
  onDone?: (answer: T) => void;
  /** Returns true if it shows the error itself, at its field; otherwise a notification does. */
  onRefused?: (refusal: ApiError) => boolean;
};

/** Sends a change, notifies of the result and refetches all queries. */
export function useChange() {
  const client = useQueryClient();
  const { mutateAsync, mutation } = useCustomMutation<Record<string, unknown>, ApiError, unknown>();

  /** Resolves to the response, or undefined after showing an error. */
  async function send<T>(change: Change<T>): Promise<T | undefined> {
    const { method, path, body, version, done, onDone, onRefused } = change;
    try {
      const { data } = await mutateAsync({
        url: `/api/admin/${path}`,
        method,
        values: body,
        successNotification: false,
        errorNotification: false,
        config: { headers: version === undefined ? {} : { 'if-match': `"${version}"` } },
      });
      notify({ key: 'change', tone: 'good', title: done });
      onDone?.(data as T);
      await Promise.all([client.invalidateQueries(), refreshMe()]);
      return data as T;
    } catch (error) {
      const refusal = error as ApiError;
      if (refusal.statusCode === 412) await client.invalidateQueries();
      if (refusal.statusCode !== 401 && !onRefused?.(refusal))
        notify({ key: 'change', tone: 'bad', title: errorText(refusal), requestId: refusal.requestId });
      return undefined;
    }
  }

  return { send, busy: mutation.isPending };
}
