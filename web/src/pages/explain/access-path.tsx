import type { AccessExplanation } from 'bff/contract';
import { explainPath } from '../../core/explain-path.ts';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { formatConditions } from '../../ui/chips/condition-labels.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { When } from '../../ui/chips/when.tsx';
import type { Step } from './path-steps.tsx';
import { PathSteps } from './path-steps.tsx';

type Path = AccessExplanation['paths'][number];
type Props = { path: Path; explanation: AccessExplanation; name: string };

/** A path to the permission: the user, the role and those it inherits from, the permission. */
export function AccessPath({ path, explanation, name }: Props) {
  const scope = useTenantScope();
  const { role, membershipId, inheritedThrough, via, conditions, grantedAt, grantedBy, validUntil } = path;
  const { code } = explanation.permission;
  const ofPlatform = via === 'platform' && scope.kind !== 'platform';
  const roleTo = (id: string) => (scope.can('roles:read') && !ofPlatform ? scope.to(`roles/${id}`) : undefined);
  const assigned = grantedAt
    ? rich(grantedBy ? 'members.assigned_by' : 'members.assigned_at', {
        user: grantedBy?.name ?? '',
        when: <When at={grantedAt} />,
      })
    : t('explain.node_role');
  const steps: Step[] = [
    {
      key: 'user',
      state: 'met',
      name,
      to: membershipId && scope.can('members:read') ? scope.to(`members/${membershipId}`) : undefined,
      note: t(ofPlatform ? 'explain.node_staff' : 'explain.node_member', { tenant: scope.name }),
    },
    {
      key: role.id,
      state: 'met',
      name: roleName(role),
      to: roleTo(role.id),
      note: (
        <>
          {assigned} · {role.isOwner ? t('explain.owner') : t('explain.version', { version: role.version })}
          {validUntil ? (
            <span className="text-warn"> · {t('explain.until', { when: shortTime(validUntil) })}</span>
          ) : null}
        </>
      ),
    },
    // The chain starts with the assigned role itself.
    ...inheritedThrough
      .filter(({ id }) => id !== role.id)
      .map((parent): Step => {
        const { id } = parent;
        return { key: id, state: 'met', name: roleName(parent), to: roleTo(id), note: t('explain.edge_inherits') };
      }),
    {
      key: 'permission',
      state: 'met',
      name: <PermissionTag code={code} />,
      to: scope.can('access:explain') ? explainPath(scope.base, { permission: code, view: 'who' }) : undefined,
      note: conditions ? formatConditions(conditions) : t('explain.node_permission'),
    },
  ];
  return <PathSteps steps={steps} />;
}
