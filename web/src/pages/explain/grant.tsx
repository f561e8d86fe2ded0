import type { AccessExplanation } from 'bff/contract';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles-dialog.tsx';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';

const InviteDialog = lazy(() => import('../../features/invite/invite-dialog.tsx'));

type GrantOf = AccessExplanation['grants'][number];
type Props = { grant: GrantOf; explanation: AccessExplanation; name: string; isSmallest: boolean };

/** A grant that would allow it: with a button if the user can make it. */
export function Grant({ grant, explanation, name, isSmallest }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const role = 'role' in grant ? grant.role.name : '';
  const label = t(`explain.grant_${grant.kind}`, { role, user: name, tenant: scope.name });
  return (
    <>
      <span className="explain-grant-text">
        <span>{label}</span>
        <span className="muted">
          {'additionalPermissionCount' in grant
            ? grant.additionalPermissionCount > 0
              ? t('explain.additional_permissions', {
                  count: grant.additionalPermissionCount,
                  n: wholeNumber(grant.additionalPermissionCount),
                })
              : t('explain.no_additional_permissions')
            : ''}{' '}
          {grant.isSufficient ? '' : t('explain.not_sufficient')}
        </span>
      </span>
      <GrantAction grant={grant} explanation={explanation} name={name} isSmallest={isSmallest} />
    </>
  );
}

/** The action that makes the grant, if the user can. */
function GrantAction(props: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { grant, explanation, isSmallest } = props;
  switch (grant.kind) {
    case 'assign_role':
    case 'renew_role':
    case 'start_role':
      return grant.canGrant ? <AssignRole {...props} roleId={grant.role.id} /> : null;
    case 'invite':
      return grant.canGrant ? (
        <Invite isSmallest={isSmallest} email={explanation.user.email ?? ''} roleId={grant.role.id} />
      ) : null;
    case 'reactivate_member':
      return grant.canGrant ? (
        <Link to={scope.to(`members/user:${explanation.user.id}`)}>{t('explain.open_member')}</Link>
      ) : null;
    case 'reactivate_tenant':
      return grant.canGrant ? (
        <Link to={`/platform/tenants/${explanation.tenant.id}`}>{t('explain.open_tenant')}</Link>
      ) : null;
    case 'restore_permission':
      return grant.canGrant ? (
        <Link to={`/platform/permissions/${encodeURIComponent(explanation.permission.code)}`}>
          {t('explain.open_permission')}
        </Link>
      ) : null;
    case 'accept_invitation':
    case 'lift_ban':
      return null;
  }
}

function AssignRole({ explanation, name, isSmallest, roleId }: Props & { roleId: string }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const [open, setOpen] = useState(false);
  const { rows } = useRows<'members'>(scope.resource('members'), {
    fixed: { userId: explanation.user.id },
    limit: 1,
    enabled: scope.can('members:read'),
  });
  const member = rows?.[0];
  if (!member) return null;
  return (
    <>
      <PermissionButton
        permission="roles:assign"
        type={isSmallest ? 'primary' : 'default'}
        onClick={() => setOpen(true)}
      >
        {t('explain.assign_role')}
      </PermissionButton>
      <AssignRolesDialog open={open} member={member} name={name} add={roleId} onClose={() => setOpen(false)} />
    </>
  );
}

function Invite({ email, roleId, isSmallest }: { email: string; roleId: string; isSmallest: boolean }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  return (
    <>
      <PermissionButton
        permission="members:invite"
        type={isSmallest ? 'primary' : 'default'}
        onClick={() => {
          setUsed(true);
          setOpen(true);
        }}
      >
        {t('invite.member')}
      </PermissionButton>
      {used ? (
        <Suspense fallback={null}>
          <InviteDialog open={open} onClose={() => setOpen(false)} preset={{ email, roleIds: [roleId] }} />
        </Suspense>
      ) : null}
    </>
  );
}
