import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { type AuditEntry, insertAudits } from '../audit/record.ts';
import type { Actor, Origin } from '../core/actor.ts';
import type { Config } from '../core/config.ts';
import type { IdentityUser } from '../core/identity-provider.ts';
import type { Tx } from '../db/tenant-tx.ts';

/** Which of the settings decide how the provider's words are taken. */
export type SyncSettings = Pick<Config, 'bootstrapOwner' | 'defaultTenant'> & {
  clerk: Pick<Config['clerk'], 'roleSync' | 'secretKey'>;
};

/** Why our copy changes: a message of the provider's, or a person's own first request. */
export interface SyncContext {
  actor: Actor;
  origin: Origin;
  settings: SyncSettings;
  /** A repair: what the provider says of roles counts, though it said so before. */
  repairsRoles?: true;
}

/** Somebody's own doing, such as signing up. */
export const contextForUser = (
  { id, sessionId }: { id: string; sessionId: string | null },
  origin: Origin,
  settings: SyncSettings,
): SyncContext => ({ actor: { type: 'user', id, sessionId }, origin, settings });

/** The scope of a transaction that belongs to no tenant: the login for syncing sees all of them. */
export const NO_TENANT = { tenantId: null, userId: null };

/** `ignored`: older than what we know, or about something that is gone for ever. */
export type Applied = 'applied' | 'ignored';

type Entry = Omit<AuditEntry, 'actor' | 'origin' | 'tenantId'> & { tenantId?: string };
export type SyncEntry = Entry & { cause: SyncContext };

/** Records what the cause did. Events of people stand in the platform's log, all others in their tenant's. */
export const recordSync = (tx: Tx, cause: SyncContext, entry: Entry): Promise<string[]> =>
  recordSyncs(tx, [{ ...entry, cause }]);

/** Several at once, in their order. */
export const recordSyncs = (tx: Tx, entries: readonly SyncEntry[]): Promise<string[]> =>
  insertAudits(
    tx,
    entries.map(({ cause: { actor, origin }, ...entry }) => ({
      tenantId: PLATFORM_TENANT_ID,
      ...entry,
      actor,
      origin,
    })),
  );

/** Taken in this order, before any tenant's lock: person, organization. */
export const lockUser = (tx: Tx, id: string) => lock(tx, `user:${id}`);
export const lockOrganization = (tx: Tx, id: string) => lock(tx, `organization:${id}`);

/** One after the other, in the order given. */
export const lockUsers = async (tx: Tx, sortedIds: readonly string[]): Promise<void> => {
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended('user:' || id, 0))::text) AS locked
    FROM unnest(${[...sortedIds]}::text[]) AS id`;
};

const lock = async (tx: Tx, name: string): Promise<void> => {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`;
};

/** A user update of the provider's that was applied. */
export interface AppliedUserUpdate {
  user: IdentityUser;
  cause: SyncContext;
  isNew: boolean;
  /** public_metadata.role as it was before. */
  roleBefore: string | null;
}
