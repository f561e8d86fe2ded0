import { Prisma } from 'database/client';
import type { IdentityDirectory, IdentityPage } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { FinalStatus, SyncContext, SyncSettings } from '../context.ts';
import type { Diff } from './drift/diff.ts';
import type { ObjectRef, ObjectType } from './drift/drift.ts';

/** One object of the provider's beside our copy of it. */
export interface Compared<T> {
  item: T;
  diff: Diff | null;
  /** Nothing differs, but the provider's word is newer than the one we know: an older one must not win later. */
  isNewer: boolean;
}

interface ComparedAt {
  fetchedAt: Date;
  settings: SyncSettings;
}

/** An object as the provider has it, to be brought into our copy. */
export interface Word<T> {
  item: T;
  ctx: SyncContext;
}

/** So many after this id, or those of these ids. */
export type Selection = { after: string; limit: number } | { among: readonly string[] };

/** What a run must know of one type of object. */
export interface ReconciledType<T> {
  type: ObjectType;
  /** So many are worked on in one transaction. */
  chunk: number;
  list(directory: IdentityDirectory, cursor: string | null): Promise<IdentityPage<T>>;
  /** The object as it is now; null when it is gone. */
  fetch(directory: IdentityDirectory, ref: ObjectRef): Promise<T | null>;
  refOf(item: T): ObjectRef;
  /** How many we have. */
  countOurs(tx: Tx): Promise<number>;
  /**
   * Beside our copies as they are now. What was changed here at `fetchedAt` or later, by a word as new as the one given, agrees: the
   * provider was asked before.
   */
  compare(tx: Tx, items: readonly T[], at: ComparedAt): Promise<Compared<T>[]>;
  /** Takes whatever locks it needs in their fixed order. */
  apply(tx: Tx, updates: readonly Word<T>[]): Promise<void>;
  /** Sends our role to the provider; answers false where there is none to send. Null where objects have no roles. */
  push: ((tx: Tx, item: T, ctx: SyncContext) => Promise<boolean>) | null;
  /** Ends our copy of what is gone at the provider. */
  end(tx: Tx, ref: ObjectRef, ctx: SyncContext): Promise<FinalStatus>;
  /** Those we have, made before the run began, that the provider did not list; in the order of their ids. */
  missingAtProvider(tx: Tx, run: { id: string; startedAt: Date }, which: Selection): Promise<ObjectRef[]>;
}

/** Compares with what is here now, whenever it was written. */
export const COMPARE_ALWAYS = new Date(8.64e15);

/** Whether the provider listed the object of this id in the run. */
export const notSeenInRun = (runId: string, type: ObjectType, id: Prisma.Sql) => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM sync_seen seen WHERE seen.run_id = ${runId}::uuid AND seen.object_type = ${type} AND seen.object_id = ${id})`;

export const matchesSelection = (id: Prisma.Sql, which: Selection) =>
  'among' in which ? Prisma.sql`${id} = ANY (${[...which.among]}::text[])` : Prisma.sql`${id} > ${which.after}`;
export const selectionLimit = (which: Selection) => ('among' in which ? which.among.length : which.limit);

/** What was written here after the provider was asked, by a word as new or by an end, is not compared with what it answered. */
export const changedSince = (
  stored: { updatedAt: Date; identityUpdatedAt: bigint; hasEnded: boolean } | null | undefined,
  given: { updatedAt: number },
  fetchedAt: Date,
): boolean =>
  !!stored && stored.updatedAt >= fetchedAt && (stored.hasEnded || stored.identityUpdatedAt >= BigInt(given.updatedAt));
