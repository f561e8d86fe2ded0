import type { AuditLog } from 'bff/contract';
import type { MessageKey } from '../../i18n/i18n.ts';
import { hasMessage } from '../../i18n/i18n.ts';
import { grantChange } from './grants.tsx';

type Named = { id: string; name: string };

const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

/** The named things (roles, mostly) in one side of a change. */
function namedIn(side: AuditLog['before'], field: string): Named[] {
  const value = side?.[field];
  return Array.isArray(value) ? value.filter(isNamed) : [];
}

/** Roles that came and went with an event. */
export function roleChange({ before, after }: Pick<AuditLog, 'before' | 'after'>) {
  const had = namedIn(before, 'roles');
  const has = namedIn(after, 'roles');
  return {
    given: has.filter((role) => !had.some((other) => other.id === role.id)),
    taken: had.filter((role) => !has.some((other) => other.id === role.id)),
  };
}

/** Which sentence tells this event. */
export function summaryKey(event: AuditLog): MessageKey {
  if (event.outcome === 'denied') return event.permission ? 'audit.refused_needs' : 'audit.refused';
  if (event.action === 'member.roles_changed') {
    const { given, taken } = roleChange(event);
    if (given.length > 0 && taken.length > 0) return 'audit.roles_swapped';
    if (given.length > 0) return 'audit.roles_given';
    if (taken.length > 0) return 'audit.roles_taken';
  }
  const { gained, lost } = grantChange(event);
  if (gained.length > 0) return lost.length > 0 ? 'audit.role.grants_swapped' : 'audit.role.grants_given';
  if (lost.length > 0) return 'audit.role.grants_taken';
  if (event.action === 'user.created' && event.actor.id === event.subject?.id) return 'audit.user.signed_up';
  const key = `audit.${event.action}`;
  return hasMessage(key) ? key : 'audit.other';
}

/** What somebody tried to do, in words; the bare operation where we have none. */
export function operationKey(action: string): MessageKey | undefined {
  const key = `deed.${action}`;
  return hasMessage(key) ? key : undefined;
}

/** Whether naming the place adds anything: not where the sentence is about the tenant itself, or about an account. */
export const namesItsTenant = ({ target, outcome }: AuditLog) =>
  outcome === 'allowed' && (target?.type === 'tenant' || target?.type === 'user');
