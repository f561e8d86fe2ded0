import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import { isStorable } from '../../core/values/json.ts';
import { errorsByField } from '../../http/input/validation.ts';
import { oneOf, type Read, type ReadRequest } from '../../http/read.ts';
import { type AccessCheckAnswer, type AccessCheckRequest, Check, type CheckResult } from './schema.ts';

type ValidCheck = z.output<typeof Check>;

/**
 * Returns what the guard would decide now for each of the checks, in one statement and in order. A key is denied for other tenants than
 * its own, unless it is a key of the platform.
 */
export function checkAccess({
  body: { checks },
}: ReadRequest<undefined, unknown, z.output<typeof AccessCheckRequest>>): Read<z.input<typeof AccessCheckAnswer>> {
  const parsed = checks.map(parseCheck);
  const valid = parsed.flatMap((one) => ('check' in one ? [one.check] : []));
  const codes = valid.map(({ permission }) => permission);
  return {
    login: 'server',
    statements: [
      Prisma.sql`SELECT to_json(access_check(${JSON.stringify(valid)}::jsonb)) AS allowed,
        ARRAY(SELECT code FROM permission WHERE code = ANY (${codes}::text[])) AS known`,
    ],
    answer([found]) {
      const { allowed, known } = oneOf<{ allowed: boolean[]; known: string[] }>(found);
      if (allowed.length !== valid.length) throw new Error('access_check() must return one result per check');
      const results = resultsOf(allowed, codes, new Set(known)).values();
      return { results: parsed.map((one) => ('check' in one ? (results.next().value as CheckResult) : one.result)) };
    },
  };
}

function parseCheck(item: unknown): { check: ValidCheck } | { result: CheckResult } {
  const invalid = (errors: Record<string, string[]>) => ({
    result: { allowed: false, reason: 'invalid_check' as const, errors },
  });
  if (!isStorable(item)) return invalid({ _: ['text_not_storable'] });
  const { data, error } = Check.safeParse(item);
  return data ? { check: data } : invalid(errorsByField(error.issues));
}

const resultsOf = (allowed: boolean[], codes: string[], known: ReadonlySet<string>): CheckResult[] =>
  allowed.map((isAllowed, at) =>
    known.has(codes[at] as string)
      ? { allowed: isAllowed }
      : { allowed: isAllowed, reason: 'unknown_permission' as const },
  );
