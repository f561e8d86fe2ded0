import { v7 as uuid } from 'uuid';
import type { Tx } from '../../../db/tenant-tx.ts';
import type { FieldDrift } from './diff.ts';

export type ObjectType = 'user' | 'organization' | 'membership';

/** An object by the provider's ids. */
export interface ObjectRef {
  objectId: string;
  userId: string | null;
  organizationId: string | null;
}

export interface Drift extends ObjectRef {
  objectType: ObjectType;
  /** `extra`: here and not at the provider. `unreadable`: it could not be worked on. */
  kind: 'missing' | 'extra' | 'different' | 'role' | 'unreadable';
  fields: FieldDrift[];
  /** `queued`: on its way to the provider. */
  state: 'open' | 'repaired' | 'queued';
  note: string | null;
}

/** How many objects of one type were compared, and of those that differ how many in which way. */
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

/** Writes down what was found, each object once in a run. Answers those that are new. */
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

/** Adds to a type's counts. */
export function count(
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
