import type { SyncDrift } from 'bff/contract';
import { Link } from 'react-router';
import { useI18n } from '../../../i18n/i18n.ts';
import { usePlace } from '../../../providers/place.tsx';
import { usePaths } from '../../../providers/use-paths.ts';
import { PersonChip } from '../../../ui/person-chip.tsx';
import { TenantName } from '../../../ui/tenant-mark.tsx';

type Props = { drift: SyncDrift; chosen: boolean; onChoose?: () => void };

/** Whom or what a difference is about, with links as far as we know them; a box to choose it while it is open. */
export function DriftObject({ drift, chosen, onChoose }: Props) {
  const { t } = useI18n();
  const { objectType, objectId, user, tenant } = drift;
  const name = (user?.name.trim() || user?.email || tenant?.name) ?? objectId;
  return (
    <span className="drift-object">
      <input
        type="checkbox"
        checked={chosen}
        disabled={!onChoose}
        aria-label={t('sync.drift_select', { name })}
        onChange={() => onChoose?.()}
      />
      <span>
        {user ? <DriftPerson user={user} /> : null}
        {tenant ? <DriftTenant tenant={tenant} /> : null}
        {user || tenant ? null : <code className="mono sync-id">{objectId}</code>}
        <span className="sync-second" title={objectId}>
          {t(`sync.drift_type_${objectType}`)}
        </span>
      </span>
    </span>
  );
}

function DriftPerson({ user }: { user: NonNullable<SyncDrift['user']> }) {
  const place = usePlace();
  const to = place.may('users:read').can ? place.to(`users/${encodeURIComponent(user.id)}`) : undefined;
  return <PersonChip person={user} to={to} size="small" nameOnly />;
}

function DriftTenant({ tenant }: { tenant: NonNullable<SyncDrift['tenant']> }) {
  const to = usePaths(tenant).target('tenant', tenant.id);
  const name = <TenantName id={tenant.id} name={tenant.name} />;
  return <span className="drift-tenant">{to ? <Link to={to}>{name}</Link> : name}</span>;
}
