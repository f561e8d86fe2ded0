import type { z } from 'zod';
import type { KeyContext } from '../../core/context.ts';
import { isStorable } from '../../core/values/json.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import { errorsByField } from '../../http/input/validation.ts';
import { type AccessCheckAnswer, type AccessCheckRequest, Check, type CheckResult } from './schema.ts';

type ValidCheck = z.output<typeof Check>;

/**
 * Returns what the guard would decide now for each of the checks, in one statement and in order. A key is denied for other tenants than
 * its own, unless it is a key of the platform.
 */
export async function checkAccess(
  context: KeyContext,
  { checks }: z.output<typeof AccessCheckRequest>,
): Promise<z.input<typeof AccessCheckAnswer>> {
  const parsed = checks.map(parseCheck);
  const valid = parsed.flatMap((one) => ('check' in one ? [one.check] : []));
  const answers = (await askDatabase(context, valid)).values();
  return { results: parsed.map((one) => ('check' in one ? (answers.next().value as CheckResult) : one.result)) };
}

function parseCheck(item: unknown): { check: ValidCheck } | { result: CheckResult } {
  const invalid = (errors: Record<string, string[]>) => ({
    result: { allowed: false, reason: 'invalid_check' as const, errors },
  });
  if (!isStorable(item)) return invalid({ _: ['text_not_storable'] });
  const { data, error } = Check.safeParse(item);
  return data ? { check: data } : invalid(errorsByField(error.issues));
}

async function askDatabase({ services, scope }: KeyContext, checks: ValidCheck[]): Promise<CheckResult[]> {
  if (checks.length === 0) return [];
  const codes = checks.map(({ permission }) => permission);
  const [answer] = await tenantRead(
    services.db.server,
    scope,
    (client) => client.$queryRaw<{ allowed: boolean[]; known: string[] }[]>`
      SELECT access_check(${JSON.stringify(checks)}::jsonb) AS allowed,
        ARRAY(SELECT code FROM permission WHERE code = ANY (${codes}::text[])) AS known`,
  );
  if (answer?.allowed.length !== checks.length) throw new Error('access_check() must return one result per check');
  const known = new Set(answer.known);
  return answer.allowed.map((allowed, at) =>
    known.has(codes[at] as string) ? { allowed } : { allowed, reason: 'unknown_permission' },
  );
}
