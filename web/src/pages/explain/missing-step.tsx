import type { AccessExplanation } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { hasMessage, t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { formatTerms } from '../../ui/chips/condition-labels.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { When } from '../../ui/chips/when.tsx';
import { PathSteps } from './path-steps.tsx';

export type Missing = NonNullable<AccessExplanation['missing']>;
type Props = { missing: Missing; explanation: AccessExplanation; name: string };

const REASONS: Missing['reason'][][] = [
  ['unknown_user', 'user_banned', 'user_deleted'],
  ['tenant_not_active', 'not_a_member', 'membership_ended', 'membership_suspended'],
  ['no_role_grants', 'role_not_started', 'role_ended', 'condition_not_met'],
  ['unknown_permission', 'permission_retired', 'platform_only'],
];

/** How far the way to the permission leads: user, tenant, role, permission; with the reason where it ends. */
export function MissingStep({ missing, explanation, name }: Props) {
  const scope = useTenantScope();
  const at = REASONS.findIndex((reasons) => reasons.includes(missing.reason));
  const reason = (
    <>
      <Reason missing={missing} explanation={explanation} name={name} />
      <Terms {...missing} />
    </>
  );
  const names = [
    name,
    scope.name,
    missing.role ? roleName(missing.role) : t('explain.node_role'),
    <PermissionTag key="permission" code={explanation.permission.code} />,
  ];
  return (
    <PathSteps
      steps={names.map((step, index) => ({
        key: String(index),
        state: index === at ? 'missing' : index < at && at < 3 ? 'met' : 'open',
        name: step,
        note: index === at ? reason : undefined,
      }))}
    />
  );
}

function Reason({ missing, explanation, name }: Props): ReactNode {
  const me = useMe();
  const scope = useTenantScope();
  const { reason, role, at } = missing;
  const own = `explain.missing_${reason}_you`;
  const status = reason === 'tenant_not_active' ? `explain.missing_tenant_${scope.status}` : '';
  const key = explanation.user.id === me.user.id && hasMessage(own) ? own : `explain.missing_${reason}`;
  return rich(hasMessage(status) ? status : (key as `explain.missing_${typeof reason}`), {
    user: <strong>{name}</strong>,
    tenant: scope.name,
    role:
      role && scope.can('roles:read') ? (
        <Link to={scope.to(`roles/${role.id}`)}>{roleName(role)}</Link>
      ) : role ? (
        roleName(role)
      ) : (
        ''
      ),
    when: at ? <When at={at} /> : '',
  });
}

/** The conditions of the closest grant, and which of them fail. */
function Terms({ conditions = [], unmet = [] }: Missing) {
  const failing = new Set(unmet.map((term) => JSON.stringify(term)));
  if (conditions.length === 0) return null;
  return (
    <ul>
      {conditions.map((term) => {
        const fails = failing.has(JSON.stringify(term));
        return (
          <li key={JSON.stringify(term)}>
            <StatusDot tone={fails ? 'bad' : 'good'}>
              {formatTerms([term])} ({t(fails ? 'explain.condition_not_met' : 'explain.condition_met')})
            </StatusDot>
          </li>
        );
      })}
    </ul>
  );
}
