import type { RawRows } from '../../core/services.ts';
import type { Read } from '../read.ts';

/** Makes the read of a request. Throws what is wrong with it. */
export type MakeRead = (caller: { tenantId: string; impersonatorId: string | null }) => Promise<Read<unknown>>;

/** The read of a request with its rows, or why there are none: thrown only to a caller who may have them. */
export interface Prepared {
  read: Read<unknown> | null;
  rows: readonly RawRows[];
  failure: unknown;
}

export const attempt = (
  makeRead: MakeRead,
  caller: Parameters<MakeRead>[0],
): Promise<Pick<Prepared, 'read' | 'failure'>> =>
  makeRead(caller).then(
    (read) => ({ read, failure: null }),
    (failure) => ({ read: null, failure }),
  );
