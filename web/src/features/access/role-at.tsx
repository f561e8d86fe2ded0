import { Flex } from 'antd';
import type { Conditions, RoleRef } from 'bff/contract';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ConditionText } from '../../ui/chips/condition-text.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';

type Props = {
  role: RoleRef & { isOwner: boolean };
  via: 'tenant' | 'platform';
  validUntil: string | null;
  /** Further notes. */
  notes?: string[];
  conditions?: Conditions | null;
  /** False inside a row that is a link. */
  isLink?: boolean;
};

/** An assignment of any time; its end is a date because it may be long past. */
export function RoleAt({ role, via, validUntil, notes = [], conditions, isLink = true }: Props) {
  const scope = useTenantScope();
  const opens = isLink && via === 'tenant' && scope.can('roles:read');
  const details = validUntil ? [t('explain.until', { when: shortTime(validUntil) }), ...notes] : notes;
  return (
    <Flex component="span" wrap align="center" gap="2px 10px">
      <RoleChip role={role} isOwner={role.isOwner} to={opens ? scope.to(`roles/${role.id}`) : undefined} />
      {details.length > 0 ? <span className="muted">{details.join(' · ')}</span> : null}
      {conditions ? <ConditionText terms={conditions} /> : null}
    </Flex>
  );
}
