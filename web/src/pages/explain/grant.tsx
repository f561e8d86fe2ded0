import { Flex } from 'antd';
import type { AccessExplanation } from 'bff/contract';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles-dialog.tsx';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';

const InviteDialog = lazy(() => import('../../features/invite/invite-dialog.tsx'));

type Props = { grant: AccessExplanation['grants'][number]; explanation: AccessExplanation; name: string };

/** A grant that would allow it, with a button if the user can make it. */
export function Grant({ grant, explanation, name }: Props) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const role = 'role' in grant ? grant.role.name : '';
  const notes = [
    'additionalPermissionCount' in grant
      ? grant.additionalPermissionCount > 0
        ? t('explain.additional_permissions', {
            count: grant.additionalPermissionCount,
            n: wholeNumber(grant.additionalPermissionCount),
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
  const { t } = useI18n();
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
  const { t } = useI18n();
  const scope = useTenantScope();
  const [open, setOpen] = useState(false);
  const { rows } = useRows<'members'>(scope.resource('members'), { fixed: { userId: explanation.user.id }, limit: 1 });
  const member = rows?.[0];
  if (!member) return null;
  return (
    <>
      <PermissionButton permission="roles:assign" onClick={() => setOpen(true)}>
        {t('explain.assign_role')}
      </PermissionButton>
      <AssignRolesDialog open={open} member={member} name={name} add={roleId} onClose={() => setOpen(false)} />
    </>
  );
}

function Invite({ email, roleId }: { email: string; roleId: string }) {
  const { t } = useI18n();
  const [state, setState] = useState<'unused' | 'open' | 'closed'>('unused');
  return (
    <>
      <PermissionButton permission="members:invite" onClick={() => setState('open')}>
        {t('invite.member')}
      </PermissionButton>
      {state === 'unused' ? null : (
        <Suspense fallback={null}>
          <InviteDialog
            open={state === 'open'}
            onClose={() => setState('closed')}
            preset={{ email, roleIds: [roleId] }}
          />
        </Suspense>
      )}
    </>
  );
}
