import './api-keys.css';
import type { Row } from 'bff/contract';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { apiKeyStatus } from '../../ui/chips/status-labels.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { CreateKeyButton } from './create-key.tsx';
import { RevokeKey } from './revoke-key.tsx';

export default function ApiKeyList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const paths = usePaths({ id: scope.tenantId, slug: scope.slug });
  const state = useListState({ filters: ['status'], sort: '-createdAt' });
  const keys = useRows<'api-keys'>(scope.resource('api-keys'), { state });

  const columns: Column<Row<'api-keys'>>[] = [
    {
      title: t('api_keys.name'),
      sort: 'name',
      width: '22%',
      render: ({ name, prefix }) => (
        <span className="api-key-name">
          <span>{name}</span>
          <code>{prefix}…</code>
        </span>
      ),
    },
    {
      title: t('api_keys.created_by'),
      sort: 'createdAt',
      narrow: 'hide',
      render: ({ createdBy, createdAt }) => (
        <span className="api-key-creator">
          {createdBy ? <UserChip user={createdBy} to={paths.user(createdBy.id)} size="small" nameOnly /> : null}
          <When at={createdAt} />
        </span>
      ),
    },
    {
      title: t('api_keys.last_used'),
      width: '128px',
      render: ({ lastUsedAt }) => (
        <LabelledValue label={t('api_keys.last_used')}>
          {lastUsedAt ? <When at={lastUsedAt} /> : <span className="muted">{t('api_keys.never_used')}</span>}
        </LabelledValue>
      ),
    },
    {
      title: t('api_keys.expires'),
      width: '128px',
      render: ({ status, expiresAt }) =>
        status === 'active' ? (
          <LabelledValue label={t('api_keys.expires')}>
            {expiresAt ? <When at={expiresAt} /> : <span className="muted">{t('api_keys.no_expiry')}</span>}
          </LabelledValue>
        ) : null,
    },
    {
      title: t('status.label'),
      width: '214px',
      render: ({ status, expiresAt, revokedAt }) => (
        <>
          <StatusDot tone={apiKeyStatus[status].tone}>{t(apiKeyStatus[status].label)}</StatusDot>{' '}
          <span className="muted">
            {status === 'revoked' && revokedAt ? <When at={revokedAt} /> : null}
            {status === 'expired' && expiresAt ? <When at={expiresAt} /> : null}
          </span>
        </>
      ),
    },
    {
      title: t('api_keys.action'),
      width: '96px',
      align: 'end',
      render: (apiKey) => (apiKey.status === 'active' ? <RevokeKey apiKey={apiKey} /> : null),
    },
  ];
  const statuses = (['active', 'expired', 'revoked'] as const).map((value) => ({
    value,
    label: t(apiKeyStatus[value].label),
  }));
  return (
    <>
      <PageHeader
        title={t('api_keys.title')}
        lead={scope.kind === 'platform' ? t('api_keys.lead_platform') : t('api_keys.lead', { tenant: scope.name })}
        primary={<CreateKeyButton />}
      />
      <DataList
        label={t('api_keys.title')}
        columns={columns}
        rows={keys}
        state={state}
        count="api_keys.count"
        empty={{ title: t('api_keys.empty'), text: t('api_keys.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('api_keys.name')} />
            <FilterSelect state={state} name="status" label={t('status.label')} options={statuses} />
          </>
        }
      />
    </>
  );
}

/** On a phone, stacked rows have no column heading. */
function LabelledValue({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <span className="api-key-label">{label} </span>
      {children}
    </>
  );
}
