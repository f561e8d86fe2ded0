import { Flex } from 'antd';
import type { AccessExplanation } from 'bff/contract';
import { Link } from 'react-router';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles.tsx';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';

const InviteDialog = lazyDialog(() => import('../../features/invite/invite-dialog.tsx'));

type Props = { grant: AccessExplanation['grants'][number]; explanation: AccessExplanation; name: string };

/** A grant that would allow it, with a button if the user can make it. */
export function Grant({ grant, explanation, name }: Props) {
  const scope = useTenantScope();
  const role = 'role' in grant ? roleName(grant.role) : '';
  const notes = [
    'additionalPermissionCount' in grant
      ? grant.additionalPermissionCount > 0
        ? t('explain.additional_permissions', {
            count: grant.additionalPermissionCount,
          })
        : t('explain.no_additional_permissions')
      : '',
    grant.isSufficient ? '' : t('explain.not_sufficient'),
  ];
  return (
    <Flex className="explain-grant" align="center" justify="space-between" gap={16} wrap>
      <span>
        {t(`explain.grant_${grant.kind}`, { role, user: name, tenant: scope.name })}
        <span className="muted">
          {notes.join(' ')}
          {grant.kind === 'accept_invitation'
            ? rich('invitations.expires_when', { when: <When at={grant.expiresAt} /> })
            : null}
        </span>
      </span>
      {grant.canGrant ? <GrantAction grant={grant} explanation={explanation} name={name} /> : null}
    </Flex>
  );
}

/** The action that makes the grant, or the page where it is made. */
function GrantAction(props: Props) {
  const scope = useTenantScope();
  const { grant, explanation } = props;
  const { user, tenant, permission } = explanation;
  switch (grant.kind) {
    case 'invite':
      return <Invite email={user.email ?? ''} roleId={grant.role.id} />;
    case 'reactivate_member':
      return <Link to={scope.to(`members/user:${encodeURIComponent(user.id)}`)}>{t('explain.open_member')}</Link>;
    case 'reactivate_tenant':
      return <Link to={`/platform/tenants/${tenant.id}`}>{t('explain.open_tenant')}</Link>;
    case 'restore_permission':
      return (
        <Link to={`/platform/permissions/${encodeURIComponent(permission.code)}`}>{t('explain.open_permission')}</Link>
      );
    case 'accept_invitation':
    case 'lift_ban':
      return null;
    default:
      return <AssignRole {...props} roleId={grant.role.id} />;
  }
}

function AssignRole({ explanation, name, roleId }: Props & { roleId: string }) {
  const scope = useTenantScope();
  const { rows } = useRows<'members'>(scope.resource('members'), { fixed: { userId: explanation.user.id }, limit: 1 });
  const member = rows?.[0];
  if (!member) return null;
  return (
    <DialogButton permission="roles:assign" label={t('explain.assign_role')}>
      {(close) => <AssignRolesDialog member={member} name={name} add={roleId} onClose={close} />}
    </DialogButton>
  );
}

function Invite({ email, roleId }: { email: string; roleId: string }) {
  return (
    <DialogButton permission="members:invite" label={t('invite.member')}>
      {(close) => <InviteDialog onClose={close} preset={{ email, roleIds: [roleId] }} />}
    </DialogButton>
  );
}
