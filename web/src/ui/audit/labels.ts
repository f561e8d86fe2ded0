import type { AuditLog } from 'bff/contract';
import type { MessageKey } from '../../i18n/i18n.ts';
import { hasMessage, t } from '../../i18n/i18n.ts';
import { grantChange } from './grants.tsx';

type Named = { id: string; name: string };

const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

/** Returns the named objects (mostly roles) on one side of a change. */
function namedIn(side: AuditLog['before'], field: string): Named[] {
  const value = side?.[field];
  return Array.isArray(value) ? value.filter(isNamed) : [];
}

/** Roles assigned and removed by an event. */
export function roleChange({ before, after }: Pick<AuditLog, 'before' | 'after'>) {
  const had = namedIn(before, 'roles');
  const has = namedIn(after, 'roles');
  return {
    assigned: has.filter((role) => !had.some((other) => other.id === role.id)),
    removed: had.filter((role) => !has.some((other) => other.id === role.id)),
  };
}

const isSignUp = ({ action, actor, subject }: AuditLog) =>
  action === 'user.created' && actor.id === subject?.id && !actor.impersonator;

/** The message that describes an event. */
export function summaryKey(event: AuditLog): MessageKey {
  const key = `audit.${event.action}`;
  if (event.outcome === 'denied') {
    if (hasMessage(key)) return key;
    return event.permission ? 'audit.denied_requires' : 'audit.denied';
  }
  if (event.action === 'member.roles_changed') {
    const { assigned, removed } = roleChange(event);
    if (assigned.length > 0 && removed.length > 0) return 'audit.roles_replaced';
    if (assigned.length > 0) return 'audit.roles_assigned';
    if (removed.length > 0) return 'audit.roles_removed';
  }
  const { gained, lost } = grantChange(event);
  if (gained.length > 0) return lost.length > 0 ? 'audit.role.grants_replaced' : 'audit.role.grants_added';
  if (lost.length > 0) return 'audit.role.grants_removed';
  if (isSignUp(event)) return 'audit.user.signed_up';
  return hasMessage(key) ? key : 'audit.other';
}

/** The message for a denied operation, if there is one. */
export function operationKey(action: string): MessageKey | undefined {
  const key = `operation.${action}`;
  return hasMessage(key) ? key : undefined;
}

/** Whether the summary names the tenant already, or concerns an account or its session. */
export const namesItsTenant = ({ target, outcome }: AuditLog) =>
  outcome === 'allowed' && ['tenant', 'user', 'session'].includes(target?.type ?? '');

/** Returns the label of a recorded field, or its name. */
export function fieldLabel(field: string): string {
  const key = `field.${field}`;
  return hasMessage(key) ? t(key) : field;
}
