import type { AuditLog } from 'bff/contract';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { partsOfList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { PermissionTag } from '../chips/permission-tag.tsx';

const FEW = 2;

const codesIn = (side: AuditLog['before']): string[] => {
  const codes = side?.permissions;
  return Array.isArray(codes) ? codes.filter((code) => typeof code === 'string') : [];
};

/** Returns the permissions a role gained and lost, if nothing else changed. */
export function grantChange({ action, before, after }: Pick<AuditLog, 'action' | 'before' | 'after'>) {
  const nothing = { gained: [], lost: [] };
  if (action !== 'role.updated' || !before || !after) return nothing;
  const rest = ({ permissions: _, ...others }: Record<string, unknown>) =>
    JSON.stringify(Object.entries(others).sort());
  if (rest(before) !== rest(after)) return nothing;
  const [had, has] = [codesIn(before), codesIn(after)];
  return { gained: has.filter((code) => !had.includes(code)), lost: had.filter((code) => !has.includes(code)) };
}

/** Formats a few permissions by code, many by count. */
export function formatCodes(codes: string[]): ReactNode {
  if (codes.length > FEW) return <strong>{t('audit.permissions_n', { count: codes.length })}</strong>;
  return partsOfList(codes).map(({ type, value }) =>
    type === 'element' ? <PermissionTag key={value} code={value} /> : <Fragment key="and">{value}</Fragment>,
  );
}
