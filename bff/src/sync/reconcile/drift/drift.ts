import { v7 as uuid } from 'uuid';
import type { IdentityRef } from '../../../core/identity-provider.ts';
import type { Tx } from '../../../db/tenant-tx.ts';
import type { RoleRefusal } from '../../decide-app-role.ts';
import type { FieldDrift } from './diff.ts';

export type ObjectType = 'user' | 'organization' | 'membership';

/**
 * Why an item is still open. `ended_here`: our copy ended for good. `not_pushable`: the role has no name at the provider.
 * `prune_limit`: too many objects are missing to end them unasked. `unknown_at_provider`: created here, and never known there.
 * `user_missing`: the provider has no user who could get the role.
 */
type DriftNote =
  | RoleRefusal
  | 'ended_here'
  | 'not_pushable'
  | 'prune_limit'
  | 'unknown_at_provider'
  | 'unreadable'
  | 'user_missing';

export interface Drift extends IdentityRef {
  objectType: ObjectType;
  /** `extra`: missing at the provider. `unreadable`: could not be reconciled. */
  kind: 'missing' | 'extra' | 'different' | 'role' | 'unreadable';
  fields: FieldDrift[];
  /** `queued`: on its way to the provider. */
  state: 'open' | 'repaired' | 'queued';
  note: DriftNote | null;
}

/** Objects of one type: how many were compared, and how many differ in which way. */
export type TypeCounts = Record<'checked' | Drift['kind'] | 'repaired' | 'queued', number>;
export type Counts = Record<ObjectType, TypeCounts>;

const zeroTypeCounts = (): TypeCounts => ({
  checked: 0,
  missing: 0,
  extra: 0,
  different: 0,
  role: 0,
  unreadable: 0,
  repaired: 0,
  queued: 0,
});
export const zeroCounts = (): Counts => ({
  user: zeroTypeCounts(),
  organization: zeroTypeCounts(),
  membership: zeroTypeCounts(),
});

/** Records drift, each object once per run. Returns the items that are new. */
export async function recordDrift(tx: Tx, runId: string, found: readonly Drift[]): Promise<Drift[]> {
  if (found.length === 0) return [];
  const rows = found.map((drift) => ({ id: uuid(), ...drift }));
  const written = await tx.$queryRaw<{ object_id: string }[]>`
    INSERT INTO sync_drift (id, run_id, object_type, object_id, user_id, organization_id, kind, fields, state, note, repaired_at)
    SELECT id, ${runId}::uuid, "objectType", "objectId", "userId", "organizationId", kind, fields, state, note,
      CASE WHEN state = 'open' THEN NULL ELSE clock_timestamp() END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS found (id uuid, "objectType" text, "objectId" text, "userId" text,
      "organizationId" text, kind text, fields jsonb, state text, note text)
    ON CONFLICT (run_id, object_type, object_id) DO NOTHING RETURNING object_id`;
  const fresh = new Set(written.map((row) => row.object_id));
  return found.filter(({ objectId }) => fresh.has(objectId));
}

/** Adds compared objects and their drift to a type's counts. */
export function addCounts(
  typeCounts: TypeCounts,
  checked: number,
  found: readonly Pick<Drift, 'kind' | 'state'>[],
): TypeCounts {
  const sum = { ...typeCounts, checked: typeCounts.checked + checked };
  for (const { kind, state } of found) {
    sum[kind] += 1;
    if (state !== 'open') sum[state] += 1;
  }
  return sum;
}
