import { type BaseRecord, useShow } from '@refinedev/core';
import type { ApiError } from '../../core/api.ts';
import type { Found } from './use-rows.ts';

/** The record of the page; read again every `poll` milliseconds, if any. */
export function useRecord<T extends BaseRecord>(
  poll: (record: T | undefined) => number | false = () => false,
): Found<T> {
  const { result, query } = useShow<T, ApiError>({
    queryOptions: { refetchInterval: ({ state }) => poll(state.data?.data) },
  });
  return { record: result, error: query.error, retry: () => void query.refetch() };
}
