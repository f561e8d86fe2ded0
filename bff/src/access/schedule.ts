import type { Tx } from '../db/tenant-tx.ts';
import { NONE, type PermissionsByMember, without } from './difference.ts';
import type { PermissionsOf } from './role-permissions.ts';

interface Assignment {
  memberId: string;
  roleId: string;
  from: Date;
  until: Date | null;
}

/** Membership id -> when the member's roles start or end, and what is held from then on. Only members for whom that will happen. */
export type Schedule = ReadonlyMap<string, { dates: number[]; at: (date: number) => ReadonlySet<string> }>;

/** Reads the dates to come of all members who have access now or would get it by them. */
export async function readSchedule(tx: Tx, tenantId: string, permissionsOf: PermissionsOf): Promise<Schedule> {
  const rows = await tx.$queryRaw<Assignment[]>`
    WITH lasting AS MATERIALIZED (
      SELECT membership_id, role_id, valid_from, valid_until,
        valid_from > clock_timestamp() OR valid_until IS NOT NULL AS is_dated
      FROM membership_role
      WHERE tenant_id = ${tenantId}::uuid AND ended_at IS NULL
        AND (valid_until IS NULL OR valid_until > transaction_timestamp())
    )
    SELECT lasting.membership_id::text AS "memberId", lasting.role_id::text AS "roleId", lasting.valid_from AS "from",
      lasting.valid_until AS "until"
    FROM lasting
    JOIN acting_members() member ON member.id = lasting.membership_id
    WHERE lasting.membership_id IN (SELECT membership_id FROM lasting WHERE is_dated)`;
  const now = Date.now();
  return new Map(
    [...Map.groupBy(rows, ({ memberId }) => memberId)].map(([memberId, held]) => {
      const dates = held.flatMap(({ from, until }) => [from.getTime(), ...(until ? [until.getTime()] : [])]);
      const isHeld = (date: number) => (each: Assignment) =>
        each.from.getTime() <= date && (each.until === null || each.until.getTime() > date);
      const at = (date: number) => permissionsOf(held.filter(isHeld(date)).map(({ roleId }) => roleId));
      return [memberId, { dates: dates.filter((date) => date > now), at }];
    }),
  );
}

interface Step {
  memberId: string;
  at: number;
  gains: string[];
  loses: string[];
  keeps: string[];
  forgoes: string[];
}

type State = { now: PermissionsByMember; schedule: Schedule };

/** Returns what differs at the dates to come between two states: what happens only in the second, and what no longer happens. */
export function stepsBetween(before: State, after: State): Step[] {
  return [...new Set([...before.schedule.keys(), ...after.schedule.keys()])].flatMap((memberId) => {
    const [was, is] = [before, after].map(({ schedule }) => schedule.get(memberId));
    const dates = [...new Set([...(was?.dates ?? []), ...(is?.dates ?? [])])].sort((one, other) => one - other);
    let had = before.now.get(memberId) ?? NONE;
    let has = after.now.get(memberId) ?? NONE;
    return dates.flatMap((at) => {
      const [wouldHave, willHave] = [was?.at(at) ?? had, is?.at(at) ?? has];
      const [ended, started] = [without(had, wouldHave), without(wouldHave, had)];
      const step = {
        memberId,
        at,
        gains: [...without(willHave, has)].filter((code) => !started.has(code)),
        loses: [...without(has, willHave)].filter((code) => !ended.has(code)),
        keeps: [...ended].filter((code) => willHave.has(code)),
        forgoes: [...started].filter((code) => !willHave.has(code)),
      };
      [had, has] = [wouldHave, willHave];
      return step.gains.length + step.loses.length + step.keeps.length + step.forgoes.length > 0 ? [step] : [];
    });
  });
}
