import { useMemo } from 'react';
import { Link } from 'react-router';
import { addDays } from '../../core/days.ts';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles.tsx';
import { formatTotal, timeZone } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { DialogButton } from '../../ui/form/action-button.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';

const DAYS = 30;
const SHOWN = 5;

/** Assignments that expire within a month, soonest first. */
export function ExpiringRoles() {
  const scope = useTenantScope();
  // Rounded to the hour, so that the query key is stable.
  const endsBefore = useMemo(
    () => addDays(new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000), DAYS).toISOString(),
    [],
  );
  const fixed = { endsBefore };
  const { rows, page, error, retry } = useRows<'members'>(scope.resource('members'), { fixed, limit: 100 });
  const ending = rows
    ?.flatMap((member) => member.roles.map((role) => ({ member, role, until: role.validUntil ?? '' })))
    .filter(({ until }) => until !== '' && Date.parse(until) < Date.parse(endsBefore))
    .sort((one, other) => Date.parse(one.until) - Date.parse(other.until));
  return (
    <ListSection
      title={t('home.expiring')}
      note={ending?.length ? t('home.expiring_note', { days: DAYS, zone: timeZone() }) : undefined}
      rows={{ rows: ending?.slice(0, SHOWN), error, retry }}
      empty={t('home.none_expiring', { days: DAYS })}
      actions={
        page && ending && ending.length > SHOWN ? (
          <Link to={scope.to(`members?${new URLSearchParams(fixed)}`)}>
            {t('members.count', { count: page.total, n: formatTotal(page) })}
          </Link>
        ) : null
      }
    >
      {({ member, role, until }) => (
        <li key={`${member.id} ${role.id}`}>
          <span className="section-list-main">
            <UserChip user={member.user} to={scope.to(`members/${member.id}`)} />
          </span>
          <RoleChip role={role} until={until} isOwner={role.isOwner} />
          <DialogButton
            size="small"
            permission="roles:assign"
            label={t('home.extend')}
            aria-label={t('home.extend_of', { name: userName(member.user) })}
          >
            {(close) => (
              <AssignRolesDialog member={member} name={userName(member.user)} extend={role.id} onClose={close} />
            )}
          </DialogButton>
        </li>
      )}
    </ListSection>
  );
}
