import { Prisma } from '@rolecall/prisma/client';
import type { IdentityDirectory, IdentityPage, IdentityRef } from '../../core/identity-provider.ts';
import type { Services } from '../../core/services.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { FinalStatus, SyncContext, SyncSettings } from '../context.ts';
import type { Diff } from './drift/diff.ts';
import type { ObjectType } from './drift/drift.ts';

/** A provider object and how our copy differs from it. */
export interface Compared<T> {
  item: T;
  diff: Diff | null;
  /** The provider's version is newer than ours, also where nothing differs: an older one must not win later. */
  isNewer: boolean;
}

interface ComparedAt {
  fetchedAt: Date;
  settings: SyncSettings;
}

/** A provider object that is to be applied to our copy. */
export interface Update<T> {
  item: T;
  ctx: SyncContext;
}

/** A number of objects after an id, or those of certain ids. `isKnown`: without those that the provider never knew. */
export type Selection = { after: string; limit: number; isKnown?: true } | { among: readonly string[] };

export interface MissingRef extends IdentityRef {
  /** Created here, and never known to the provider: being missing there does not end it. */
  isLocal?: boolean;
}

export type CreatingServices = Pick<Services, 'config' | 'identity'>;

/** What reconciliation needs to know about one type of object. */
export interface ReconciledType<T> {
  type: ObjectType;
  /** How many objects are reconciled per transaction. */
  chunk: number;
  list(directory: IdentityDirectory, cursor: string | null): Promise<IdentityPage<T>>;
  /** The provider's current object; null when it does not exist. */
  fetch(directory: IdentityDirectory, ref: IdentityRef): Promise<T | null>;
  refOf(item: T): IdentityRef;
  /** Returns the number of our copies. */
  countOurs(tx: Tx): Promise<number>;
  /**
   * Compares objects with our current copies. A copy that changed at `fetchedAt` or later, by an update no older than the object,
   * counts as equal: the provider was asked before.
   */
  compare(tx: Tx, items: readonly T[], at: ComparedAt): Promise<Compared<T>[]>;
  /** Takes the locks it needs, in their fixed order. */
  apply(tx: Tx, updates: readonly Update<T>[]): Promise<void>;
  /** Queues our role for the provider; returns false where there is none to send. Null where objects have no roles. */
  push: ((tx: Tx, item: T, ctx: SyncContext) => Promise<boolean>) | null;
  /** Queues the creation of a local object at the provider; returns false where that is impossible. Null where it always is. */
  create: ((tx: Tx, ref: IdentityRef, services: CreatingServices) => Promise<boolean>) | null;
  /** Ends our copy of an object that the provider no longer has. */
  end(tx: Tx, ref: IdentityRef, ctx: SyncContext): Promise<FinalStatus>;
  /** Our copies, created before the run began, that the provider did not list; in the order of their ids. */
  missingAtProvider(tx: Tx, run: { id: string; startedAt: Date }, which: Selection): Promise<MissingRef[]>;
}

/** As `fetchedAt`: compares every copy, whenever it was written. */
export const COMPARE_ALWAYS = new Date(8.64e15);

/** Whether the provider has not listed the object of this id in the run. */
export const notSeenInRun = (runId: string, type: ObjectType, id: Prisma.Sql) => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM sync_seen seen WHERE seen.run_id = ${runId}::uuid AND seen.object_type = ${type} AND seen.object_id = ${id})`;

export const matchesSelection = (id: Prisma.Sql, which: Selection) =>
  'among' in which ? Prisma.sql`${id} = ANY (${[...which.among]}::text[])` : Prisma.sql`${id} > ${which.after}`;
export const selectionLimit = (which: Selection) => ('among' in which ? which.among.length : which.limit);

/** Whether our copy changed after the provider was asked, by an update no older than the object or by its end. */
export const changedSince = (
  stored: { updatedAt: Date; identityUpdatedAt: bigint; hasEnded: boolean } | null | undefined,
  remote: { updatedAt: number },
  fetchedAt: Date,
): boolean =>
  !!stored &&
  stored.updatedAt >= fetchedAt &&
  (stored.hasEnded || stored.identityUpdatedAt >= BigInt(remote.updatedAt));
