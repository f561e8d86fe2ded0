import type { ApiKey, Row } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { relativeTime } from '../../i18n/relative-time.ts';
import { rich } from '../../i18n/rich.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { Status } from '../../ui/chips/status-dot.tsx';
import { apiKeyStatus } from '../../ui/chips/status-labels.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { ActionButton, DialogButton } from '../../ui/form/action-button.tsx';
import type { Column } from '../../ui/list/column.ts';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';

const CreateKey = lazyDialog(() => import('./create-key.tsx'));

export default function ApiKeyList() {
  const scope = useTenantScope();
  const paths = usePaths({ id: scope.tenantId, slug: scope.slug });
  const list = useListPage<'api-keys'>();
  const columns: Column<Row<'api-keys'>>[] = [
    {
      title: t('api_keys.name'),
      sort: 'name',
      width: '22%',
      render: ({ name, prefix }) => (
        <>
          <bdi>{name}</bdi>
          <code className="second">{prefix}…</code>
        </>
      ),
    },
    {
      title: t('api_keys.created_by'),
      sort: 'createdAt',
      narrow: 'hide',
      render: ({ createdBy, createdAt }) => (
        <span className="row wrap">
          {createdBy ? <UserChip user={createdBy} to={paths.user(createdBy.id)} size="small" nameOnly /> : null}
          <span className="muted">
            <When at={createdAt} />
          </span>
        </span>
      ),
    },
    {
      title: t('api_keys.last_used'),
      width: '128px',
      narrow: 'named',
      render: ({ lastUsedAt }) =>
        lastUsedAt ? <When at={lastUsedAt} /> : <span className="muted">{t('api_keys.never_used')}</span>,
    },
    {
      title: t('api_keys.expires'),
      width: '128px',
      narrow: 'named',
      render: ({ expiresAt }) =>
        expiresAt ? <When at={expiresAt} /> : <span className="muted">{t('api_keys.no_expiry')}</span>,
    },
    {
      title: t('status.label'),
      width: '214px',
      render: ({ status, revokedAt }) => (
        <>
          <Status {...apiKeyStatus[status]} />
          {revokedAt ? (
            <span className="muted">
              {' '}
              · <When at={revokedAt} />
            </span>
          ) : null}
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
  return (
    <ListPage
      title={t('api_keys.title')}
      lead={scope.kind === 'platform' ? t('api_keys.lead_platform') : t('api_keys.lead', { tenant: scope.name })}
      primary={
        <DialogButton type="primary" permission="api-keys:create" label={t('api_keys.create')}>
          {(close) => <CreateKey onClose={close} />}
        </DialogButton>
      }
      columns={columns}
      {...list}
      count="api_keys.count"
      empty={{ title: t('api_keys.empty'), text: t('api_keys.empty_text') }}
      filters={
        <>
          <SearchBox state={list.state} label={t('api_keys.name')} />
          <FilterSelect state={list.state} name="status" label={t('status.label')} options={apiKeyStatus} />
        </>
      }
    />
  );
}

/** Confirms revoking a key; the last use shows whether a server still depends on it. */
function RevokeKey({ apiKey }: { apiKey: ApiKey }) {
  const scope = useTenantScope();
  const { id, name, prefix, lastUsedAt, version } = apiKey;
  return (
    <ActionButton
      size="small"
      permission="api-keys:revoke"
      aria-label={t('api_keys.revoke', { name })}
      label={t('api_keys.revoke_short')}
      title={t('api_keys.revoke', { name })}
      action={t('api_keys.revoke_action')}
      danger
      change={() => ({
        method: 'post',
        path: `${scope.resource('api-keys')}/${id}/revoke`,
        version,
        done: t('api_keys.revoked_done', { name }),
      })}
    >
      <p>{rich('api_keys.revoke_text', { prefix: <code>{prefix}</code> })}</p>
      <p>
        {lastUsedAt
          ? t('api_keys.revoke_used', { when: relativeTime(lastUsedAt, { inSentence: true }) })
          : t('api_keys.revoke_unused')}
      </p>
    </ActionButton>
  );
}
