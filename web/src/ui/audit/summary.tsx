import './audit.css';
import type { AuditLog } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { Link } from 'react-router';
import { formatList } from '../../i18n/format.ts';
import { type MessageKey, t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { PermissionTag } from '../chips/permission-tag.tsx';
import { TenantMark } from '../chips/tenant-mark.tsx';
import { formatCodes, grantChange } from './grants.tsx';
import { namesItsTenant, operationKey, roleChange, summaryKey } from './labels.ts';

const others: Record<Exclude<AuditLog['actor']['type'], 'user'>, MessageKey> = {
  webhook: 'audit.by_provider',
  system: 'audit.by_system',
  'api-key': 'audit.by_api_key',
};

/** An object in a summary; a link if the user can open it. */
function Noun({ to, tenantId, children }: { to: string | undefined; tenantId?: string | undefined; children: string }) {
  const named = (
    <>
      {tenantId ? <TenantMark id={tenantId} name={children} size={16} /> : null}
      {children}
    </>
  );
  return to ? (
    <Link className="audit-entity plain-link" to={to}>
      {named}
    </Link>
  ) : (
    <strong className="audit-entity">{named}</strong>
  );
}

/** The platform and the roles of Rolecall have translated names. */
function targetName({ target, action }: AuditLog): string | undefined {
  if (target?.id === PLATFORM_TENANT_ID) return t('shell.platform');
  if (target?.label && action === 'role.upgraded') return roleName({ name: target.label });
  return target?.label ?? target?.id ?? undefined;
}

type Props = {
  event: AuditLog;
  /** Names the tenant too, for lists across tenants. */
  withTenant?: boolean;
};

/** An audit event as a sentence: actor, action, target, tenant, outcome. */
export function AuditSummary({ event, withTenant = false }: Props) {
  const paths = usePaths(event.tenant);
  const { actor, subject, target, action } = event;

  const userLink = (user: { id: string | null; name: string | null; email: string | null }) => (
    <Noun to={user.id ? paths.user(user.id) : undefined}>
      {user.name?.trim() || user.email || t('audit.unknown_user')}
    </Noun>
  );
  const actorName =
    actor.type === 'user' ? userLink(actor) : <strong className="audit-entity">{t(others[actor.type])}</strong>;
  const byActor = actor.impersonator
    ? rich('audit.impersonated', { actor: actorName, impersonator: userLink(actor.impersonator) })
    : actorName;
  const thing = targetName(event) ?? t('audit.unknown_object');
  const { assigned, removed } = roleChange(event);
  const { gained, lost } = grantChange(event);
  const names = (roles: { name: string }[]) => (
    <strong className="audit-entity">{formatList(roles.map(roleName))}</strong>
  );
  const operation = operationKey(action);

  const onPlatform = event.tenant.id === PLATFORM_TENANT_ID;
  const tenantName = onPlatform ? t('shell.platform').toLocaleLowerCase() : event.tenant.name;
  const tenant = (
    <Noun to={paths.home} tenantId={event.tenant.id}>
      {tenantName}
    </Noun>
  );
  const key = summaryKey(event);
  const joined = withTenant && key === 'audit.member.joined';
  const where =
    withTenant && !joined && !namesItsTenant(event) ? (
      <> {rich(onPlatform ? 'audit.on_platform' : 'audit.in_tenant', { tenant })}</>
    ) : null;
  const denied = event.outcome === 'denied';

  const sentence = rich(joined ? (onPlatform ? 'audit.member.joined_platform' : 'audit.member.joined_tenant') : key, {
    tenant,
    actor: byActor,
    subject: subject ? userLink(subject) : <strong className="audit-entity">{thing}</strong>,
    target: (
      <Noun
        to={target?.id ? paths.target(target.type, target.id) : undefined}
        tenantId={withTenant && target?.type === 'tenant' ? (target.id ?? undefined) : undefined}
      >
        {thing}
      </Noun>
    ),
    assigned: names(assigned),
    removed: names(removed),
    gained: formatCodes(gained),
    lost: formatCodes(lost),
    count: Math.max(assigned.length, removed.length),
    what: operation ? t(operation) : <code>{action}</code>,
    where,
    action: <code>{action}</code>,
    permission: event.permission ? <PermissionTag code={event.permission} /> : '',
  });
  return (
    <span className="audit-summary">
      {sentence}
      {denied ? null : where}
    </span>
  );
}
