import './path-diagram.css';
import type { AccessExplanation } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { exactTime, shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { formatConditions } from '../../ui/chips/condition-labels.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { When } from '../../ui/chips/when.tsx';

type Path = AccessExplanation['paths'][number];
type Props = { path: Path; explanation: AccessExplanation; name: string };

/** A grant path: membership, role, the roles it inherits from, permission. */
export function PathDiagram({ path, explanation, name }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { role, membershipId, inheritedThrough, via, conditions } = path;
  const { code } = explanation.permission;
  const ofPlatform = via === 'platform' && scope.kind !== 'platform';
  const canReadRoles = scope.can('roles:read') && !ofPlatform;
  const roleTo = (id: string) => (canReadRoles ? scope.to(`roles/${id}`) : undefined);
  const member = membershipId && scope.can('members:read') ? scope.to(`members/${membershipId}`) : undefined;
  const who = scope.can('access:explain') ? explainPath(scope.base, { permission: code, view: 'who' }) : undefined;
  return (
    <ol className="path">
      <Step kind={t(ofPlatform ? 'explain.node_staff' : 'explain.node_member')} to={member} name={name} />
      <Step
        edge={<Assignment path={path} />}
        kind={t('explain.node_role')}
        to={roleTo(role.id)}
        name={role.name}
        note={role.isOwner ? t('explain.owner') : t('explain.version', { version: role.version })}
      />
      {inheritedThrough.map((ancestor) => (
        <Step
          key={ancestor.id}
          edge={t('explain.edge_inherits')}
          kind={t('explain.node_role')}
          to={roleTo(ancestor.id)}
          name={ancestor.name}
        />
      ))}
      <Step
        edge={
          <>
            {t('explain.edge_grants')}
            {conditions ? (
              <span className="path-until path-condition" title={formatConditions(conditions)}>
                {formatConditions(conditions)}
              </span>
            ) : null}
          </>
        }
        kind={t('explain.node_permission')}
        to={who}
        name={<PermissionTag code={code} />}
      />
    </ol>
  );
}

/** When and by whom a role was assigned, and until when. */
function Assignment({ path: { grantedAt, grantedBy, validUntil } }: { path: Path }) {
  const { t, rich } = useI18n();
  return (
    <>
      {grantedAt
        ? rich(grantedBy ? 'members.assigned_by' : 'members.assigned_at', {
            user: grantedBy?.name ?? '',
            when: <When at={grantedAt} />,
          })
        : t('explain.edge_has')}
      {validUntil ? (
        <span className="path-until" title={exactTime(validUntil)}>
          {t('explain.until', { when: shortTime(validUntil) })}
        </span>
      ) : null}
    </>
  );
}

type StepProps = { edge?: ReactNode; kind: string; to: string | undefined; name: ReactNode; note?: string };

function Step({ edge, kind, to, name, note }: StepProps) {
  return (
    <li className="path-step">
      {edge ? (
        <span className="path-edge">
          <span className="path-edge-label">{edge}</span>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <path d="M1 1 8 5 1 9" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
        </span>
      ) : null}
      <span className="path-node">
        <span className="path-kind">{kind}</span>
        {to ? <Link to={to}>{name}</Link> : <strong>{name}</strong>}
        {note ? <span className="path-note">{note}</span> : null}
      </span>
    </li>
  );
}
