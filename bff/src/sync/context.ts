import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { type AuditEvent, insertAudits } from '../audit/record.ts';
import type { Actor, Origin } from '../core/actor.ts';
import type { Config } from '../core/config.ts';
import type { IdentityUser } from '../core/identity-provider.ts';
import type { Tx } from '../db/tenant-tx.ts';

/** The settings that decide how provider data is applied. */
export type SyncSettings = Pick<Config, 'bootstrapOwner' | 'defaultTenant'> & {
  clerk: Pick<Config['clerk'], 'roleSync' | 'secretKey'>;
};

/** On whose behalf, from where and under which settings our copy changes. */
export interface SyncContext {
  actor: Actor;
  origin: Origin;
  settings: SyncSettings;
  /** Set by a repair: the provider's roles are applied even where they have not changed since last time. */
  reapplyRoles?: true;
}

/** For changes that users cause themselves, such as signing up. */
export const contextForUser = (user: Omit<Actor, 'type'>, origin: Origin, settings: SyncSettings): SyncContext => ({
  actor: { ...user, type: 'user' },
  origin,
  settings,
});

/** The scope of a transaction that belongs to no tenant: the sync login sees all of them. */
export const NO_TENANT = { tenantId: null, userId: null };

/** `ignored`: older than our copy, or about an object that was deleted for good. */
export type FinalStatus = 'applied' | 'ignored';

/** `conflict`: as old as our copy, and different from it. Only the provider knows which of the two is right. */
export type ApplyOutcome = FinalStatus | 'conflict';

/** What happens to an update that is as old as our copy and different from it: it wins, or is reported as a conflict. */
export type TieBreak = 'accept' | 'defer';

type Entry = Omit<AuditEvent, 'actor' | 'origin' | 'tenantId'> & { tenantId?: string };
export type SyncEntry = Entry & { ctx: SyncContext };

/** Writes an audit row. User events belong to the platform's log, all others to the log of their tenant. */
export const recordSync = (tx: Tx, ctx: SyncContext, entry: Entry): Promise<string[]> =>
  recordSyncBatch(tx, [{ ...entry, ctx }]);

/** Writes audit rows in the order given. */
export const recordSyncBatch = (tx: Tx, entries: readonly SyncEntry[]): Promise<string[]> =>
  insertAudits(
    tx,
    entries.map(({ ctx: { actor, origin }, ...entry }) => ({
      tenantId: PLATFORM_TENANT_ID,
      ...entry,
      actor,
      origin,
    })),
  );

/** The lock order is user, organization, tenant. */
export const lockUser = (tx: Tx, id: string) => lock(tx, `user:${id}`);
export const lockOrganization = (tx: Tx, id: string) => lock(tx, `organization:${id}`);

/** Locks users one after the other, in the order given. */
export const lockUsers = async (tx: Tx, sortedIds: readonly string[]): Promise<void> => {
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended('user:' || id, 0))::text) AS locked
    FROM unnest(${[...sortedIds]}::text[]) AS id`;
};

const lock = async (tx: Tx, name: string): Promise<void> => {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`;
};

/** A user update that was applied. */
export interface AppliedUserUpdate {
  user: IdentityUser;
  ctx: SyncContext;
  /** public_metadata.role before the update. */
  previousRole: string | null;
  wasBanned: boolean;
}
