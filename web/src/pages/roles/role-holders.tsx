import type { RoleDetail } from 'bff/contract';
import { Link } from 'react-router';
import { formatTotal } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Ending } from '../../ui/chips/ending.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { memberStatus } from '../../ui/chips/status-labels.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';

const SHOWN = 8;

/** The first members who hold a role. */
export function RoleHolders({ role }: { role: RoleDetail }) {
  const scope = useTenantScope();
  const canRead = scope.can('members:read');
  const holders = useRows<'members'>(scope.resource('members'), {
    fixed: { roleId: role.id },
    sort: 'name',
    limit: SHOWN,
    enabled: canRead,
  });
  if (!canRead) return null;
  const all = holders.page && holders.page.total > SHOWN ? holders.page : undefined;
  return (
    <ListSection
      title={t('roles.holders')}
      actions={
        all ? (
          <Link to={scope.to(`members?roleId=${role.id}`)}>
            {t('members.count', { count: all.total, n: formatTotal(all) })}
          </Link>
        ) : null
      }
      rows={holders}
      empty={t('roles.holders_none')}
    >
      {({ id, user, status, roles }) => {
        const held = roles.find(({ id: roleId }) => roleId === role.id);
        const isLater = held && Date.parse(held.validFrom) > Date.now();
        return (
          <li key={id}>
            <UserChip user={user} to={scope.to(`members/${id}`)} />
            <span className="muted">
              {isLater ? <>{rich('role.starts', { when: <When at={held.validFrom} /> })} </> : null}
              {held?.validUntil ? <Ending at={held.validUntil} /> : null}{' '}
              {status === 'active' ? null : <Status {...memberStatus[status]} />}
            </span>
          </li>
        );
      }}
    </ListSection>
  );
}
