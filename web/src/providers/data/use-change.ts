import { useCustomMutation } from '@refinedev/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { refreshMe } from '../auth/session.ts';
import { notify } from '../notifications.ts';
import { ifMatch } from './data-provider.ts';

export type Change<T> = {
  method: 'post' | 'patch' | 'put' | 'delete';
  /** Below /api/admin, such as useTenantScope().resource('members') + '/<id>'. */
  path: string;
  body?: unknown;
  /** The version shown to the user; the server rejects the change if it is stale. */
  version?: number;
  /** The success message. */
  done: string;
  /** The change that takes it back, where there is one: it is offered with the success message, and audited like any other. */
  undo?: (result: T) => Change<T>;
  /** Runs before refetching: the place to leave a page whose record is gone. */
  onDone?: (result: T) => void;
  /** Returns true if it shows the error itself, at its field; otherwise a notification does. */
  onError?: (error: ApiError) => boolean;
};

/** Sends a change, notifies of the result and refetches all queries. */
export function useChange() {
  const client = useQueryClient();
  const { mutateAsync, mutation } = useCustomMutation<Record<string, unknown>, ApiError, unknown>();

  /** Resolves to the response (empty where there is none), or undefined after showing an error. */
  async function send<T>(change: Change<T>): Promise<T | undefined> {
    const { method, path, body, version, done, undo, onDone, onError } = change;
    try {
      const { data } = await mutateAsync({
        url: `/api/admin/${path}`,
        method,
        values: body,
        successNotification: false,
        errorNotification: false,
        config: { headers: ifMatch(version) },
      });
      onDone?.(data as T);
      const inverse = undo?.(data as T);
      notify({ key: 'change', tone: 'good', title: done, ...(inverse ? { undo: () => send(inverse) } : {}) });
      await Promise.all([client.invalidateQueries(), refreshMe()]);
      return (data ?? {}) as T;
    } catch (error) {
      const apiError = error as ApiError;
      if (apiError.statusCode === 412) await client.invalidateQueries();
      if (apiError.statusCode !== 401 && !onError?.(apiError))
        notify({ key: 'change', tone: 'bad', title: errorText(apiError), requestId: apiError.requestId });
      return undefined;
    }
  }

  return { send, busy: mutation.isPending };
}
