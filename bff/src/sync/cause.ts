import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { AuditEntry } from '../audit/record.ts';
import { insertAudit } from '../audit/record.ts';
import type { Tx } from '../db/tenant-tx.ts';
import type { Actor, Origin } from '../http/context.ts';

/** Why our copy changes: a message of the provider's, or a person's own first request. */
export interface SyncCause {
  actor: Actor;
  origin: Origin;
  /** User id or verified e-mail of the first platform owner. */
  bootstrapOwner: string | null;
}

/** Somebody's own doing, such as signing up. */
export const byPerson = (
  { id, sessionId }: { id: string; sessionId: string | null },
  origin: Origin,
  bootstrapOwner: string | null,
): SyncCause => ({ actor: { type: 'user', id, sessionId }, origin, bootstrapOwner });

/** The scope of a transaction that belongs to no tenant: the login for syncing sees all of them. */
export const NOWHERE = { tenantId: null, userId: null };

/** `ignored`: older than what we know, or about something that is gone for ever. */
export type Applied = 'applied' | 'ignored';

/** Records what the cause did. Events of people stand in the platform's log, all others in their tenant's. */
export const recordSync = (
  tx: Tx,
  { actor, origin }: SyncCause,
  entry: Omit<AuditEntry, 'actor' | 'origin' | 'tenantId'> & { tenantId?: string },
): Promise<string> => insertAudit(tx, { tenantId: PLATFORM_TENANT_ID, ...entry, actor, origin });

/** Taken in this order, before any tenant's lock: person, organization. */
export const lockUser = (tx: Tx, id: string) => lock(tx, `user:${id}`);
export const lockOrganization = (tx: Tx, id: string) => lock(tx, `organization:${id}`);

const lock = async (tx: Tx, name: string): Promise<void> => {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`;
};
