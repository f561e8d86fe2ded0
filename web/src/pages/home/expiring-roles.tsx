import type { Member } from 'bff/contract';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { addDays } from '../../core/days.ts';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles-dialog.tsx';
import { timeZone, wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { Section } from '../../ui/page/section.tsx';

const DAYS = 30;
const SHOWN = 5;

/** Assignments that expire within a month, soonest first, each with a renew action. */
export function ExpiringRoles() {
  const { t } = useI18n();
  const scope = useTenantScope();
  // Rounded to the hour, so that the query key is stable.
  const endsBefore = useMemo(
    () => addDays(new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000), DAYS).toISOString(),
    [],
  );
  const { rows, page, error, retry } = useRows<'members'>(scope.resource('members'), {
    fixed: { endsBefore },
    limit: 100,
  });
  const [renewed, setRenewed] = useState<Member>();
  const ending = (rows ?? [])
    .flatMap((member) => member.roles.map((role) => ({ member, role, until: role.validUntil })))
    .filter(
      (each): each is typeof each & { until: string } =>
        each.until !== null && Date.parse(each.until) < Date.parse(endsBefore),
    )
    .sort((one, other) => Date.parse(one.until) - Date.parse(other.until));
  const nameOf = ({ user }: Member) => userName(user);
  return (
    <Section
      title={t('home.expiring')}
      note={ending.length > 0 ? t('home.expiring_note', { days: DAYS, zone: timeZone() }) : undefined}
      actions={
        page && ending.length > SHOWN ? (
          <Link to={scope.to(`members?${new URLSearchParams({ endsBefore })}`)}>
            {t('home.all_expiring', { count: page.total, n: wholeNumber(page.total) })}
          </Link>
        ) : null
      }
    >
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={2} columns={1} /> : null}
      {rows && ending.length === 0 ? (
        <p className="empty-muted muted">{t('home.none_expiring', { days: DAYS })}</p>
      ) : null}
      <ul className="home-list home-expiring">
        {ending.slice(0, SHOWN).map(({ member, role, until }) => (
          <li key={`${member.id} ${role.id}`}>
            <UserChip user={member.user} to={scope.to(`members/${member.id}`)} />
            <RoleChip role={role} until={until} isOwner={role.isOwner} />
            <PermissionButton
              size="small"
              permission="roles:assign"
              aria-label={t('home.renew_of', { name: nameOf(member) })}
              onClick={() => setRenewed(member)}
            >
              {t('home.renew')}
            </PermissionButton>
          </li>
        ))}
      </ul>
      {renewed ? (
        <AssignRolesDialog open member={renewed} name={nameOf(renewed)} onClose={() => setRenewed(undefined)} />
      ) : null}
    </Section>
  );
}
