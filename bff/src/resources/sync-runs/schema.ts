import { z } from 'zod';
import { Instant, instantRange, listQuery, TenantRef, UserRef, Uuid } from '../../core/schema.ts';

const SyncKind = z.enum(['backfill', 'reconcile']);
const SyncMode = z.enum(['report', 'repair']);
const SyncDirection = z.enum(['pull', 'push']);
const SyncStatus = z.enum(['running', 'done', 'failed', 'cancelled']);
const SyncObjectType = z.enum(['user', 'organization', 'membership']);
const DriftKind = z.enum(['missing', 'extra', 'different', 'role', 'unreadable']);
const DriftState = z.enum(['open', 'repaired', 'queued', 'ignored']);

const DriftNote = z.enum([
  'ended_here',
  'not_pullable',
  'not_pushable',
  'prune_limit',
  'push_refused',
  'role_absent',
  'role_unknown',
  'unknown_at_provider',
  'unreadable',
  'user_missing',
]);

const number = z.number().int();

/** Objects of one type: how many were compared, and how many differ in which way. */
const SyncCounts = z.object({
  checked: number,
  /** We have no copy. */
  missing: number,
  /** Missing at the provider. */
  extra: number,
  different: number,
  role: number,
  unreadable: number,
  repaired: number,
  /** Queued for the provider. */
  queued: number,
});

export const SyncRun = z.object({
  id: z.string(),
  kind: SyncKind,
  mode: SyncMode,
  /** `pull`: the provider wins. `push`: our roles win. */
  direction: SyncDirection,
  status: SyncStatus,
  progress: z.object({
    phase: z.string(),
    /** Objects of this phase. */
    processed: number,
    /** Null while unknown. */
    total: number.nullable(),
    /** Objects per second. */
    rate: z.number().nullable(),
    etaSeconds: number.nullable(),
  }),
  counts: z.object({ user: SyncCounts, organization: SyncCounts, membership: SyncCounts }),
  /** Drift items that are neither repaired nor ignored. */
  openDrift: number,
  /** Why it failed, or what it waits for. */
  error: z.string().nullable(),
  /** The provider asked to retry at this time. */
  waitingUntil: Instant.nullable(),
  /** Null for the nightly run and those of the command line. */
  startedBy: UserRef.nullable(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
});
export type SyncRun = z.infer<typeof SyncRun>;

export const SyncRunCreate = z.strictObject({
  kind: SyncKind.default('reconcile'),
  mode: SyncMode.default('repair'),
  direction: SyncDirection.default('pull'),
});
export const SyncRunParams = z.object({ runId: Uuid });
export const SyncRunListQuery = listQuery(['startedAt'], {
  status: SyncStatus.optional(),
  kind: SyncKind.optional(),
  ...instantRange('startedAt'),
});

/** An object on which our copy and the provider differ. */
export const SyncDrift = z.object({
  id: z.string(),
  objectType: SyncObjectType,
  /** The provider's id. */
  objectId: z.string(),
  kind: DriftKind,
  /** What differs. Values of personal fields are never stored, so both are missing there. */
  fields: z.array(z.object({ field: z.string(), ours: z.unknown().optional(), theirs: z.unknown().optional() })),
  state: DriftState,
  /** A repair was requested and is not done yet. */
  isRepairRequested: z.boolean(),
  /** Why it is still open. */
  note: DriftNote.nullable(),
  /** The user and tenant it is about, where known. */
  user: UserRef.nullable(),
  tenant: TenantRef.nullable(),
  foundAt: Instant,
  repairedAt: Instant.nullable(),
});
export type SyncDrift = z.infer<typeof SyncDrift>;

export const SyncDriftListQuery = listQuery(['foundAt'], {
  objectType: SyncObjectType.optional(),
  kind: DriftKind.optional(),
  state: DriftState.optional(),
  objectId: z.string().max(255).optional(),
});

const DriftIds = z.array(Uuid).min(1).max(1000);
export const SyncDriftRepair = z
  .strictObject({ ids: DriftIds.optional(), all: z.literal(true).optional(), direction: SyncDirection.default('pull') })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), 'either_ids_or_all');
export const SyncDriftIgnore = z.strictObject({ ids: DriftIds });
