import type { Member } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import type { Change } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionButton } from '../../ui/form/action-button.tsx';

/** Suspend or reactivate, and remove. */
export function MemberActions({ member, name }: { member: Member; name: string }) {
  const me = useMe();
  const scope = useTenantScope();
  if (member.status === 'left') return null;

  const { version } = member;
  const path = `${scope.resource('members')}/${member.id}`;
  const blocked = member.user.id === me.user.id ? t('members.yourself') : undefined;
  const isSuspended = member.status === 'suspended';
  const step = isSuspended ? 'reactivate' : 'suspend';
  const params = { name, tenant: scope.name };
  const setStatus = (status: 'active' | 'suspended', seen: number): Change<Member> => ({
    method: 'patch',
    path,
    version: seen,
    body: { status },
    done: t(status === 'active' ? 'members.reactivated' : 'members.suspended', { name }),
  });
  const [next, previous] = isSuspended ? (['active', 'suspended'] as const) : (['suspended', 'active'] as const);

  return (
    <>
      <ActionButton
        permission="members:update"
        blocked={blocked}
        danger={!isSuspended}
        label={t(`members.${step}_short`)}
        title={t(`members.${step}_title`, { name })}
        action={t(`members.${step}_title`, { name })}
        reason
        impact
        change={(reason) => ({
          ...setStatus(next, version),
          body: { status: next, ...(reason ? { reason } : {}) },
          undo: (saved: Member) => setStatus(previous, saved.version),
        })}
      >
        {t(`members.${step}_text`, params)}
      </ActionButton>
      <ActionButton
        permission="members:remove"
        blocked={blocked}
        danger
        label={t('members.remove_short')}
        title={t('members.remove_title', { name })}
        action={t('members.remove_title', { name })}
        impact
        change={() => ({ method: 'delete', path, version, done: t('members.removed', { name }) })}
      >
        {t(isSuspended ? 'members.remove_suspended_text' : 'members.remove_text', params)}
      </ActionButton>
    </>
  );
}
