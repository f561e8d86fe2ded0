import './permissions.css';
import type { Row } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/place.tsx';
import { useRows } from '../../providers/use-rows.ts';
import type { Column } from '../../ui/column.ts';
import { DataList } from '../../ui/data-list.tsx';
import { FilterSelect, SearchBox } from '../../ui/filters.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PermissionTag } from '../../ui/permission-tag.tsx';
import { permissionWords } from '../../ui/permission-words.ts';
import { useListState } from '../../ui/use-list-state.ts';
import { AddPermissionButton } from './add-permission.tsx';

export default function PermissionList() {
  const { t } = useI18n();
  const place = usePlace();
  const state = useListState({ filters: ['scope', 'isSystem'], sort: 'code' });
  const permissions = useRows<'permissions'>('permissions', { state, limit: 100 });

  const columns: Column<Row<'permissions'>>[] = [
    {
      title: t('permissions.permission'),
      sort: 'code',
      width: '30%',
      render: ({ code }) => <PermissionTag code={code} />,
    },
    { title: t('permissions.description'), narrow: 'full', render: permissionWords },
    {
      title: t('permissions.scope'),
      width: '120px',
      render: ({ scope }) => <span className="quiet">{t(`permissions.scope_${scope}`)}</span>,
    },
    {
      title: t('permissions.whose'),
      width: '150px',
      align: 'end',
      render: ({ isSystem, retiredAt }) => (
        <>
          {retiredAt ? <span className="permission-retired">{t('permissions.retired')}</span> : null}
          {isSystem ? <span className="quiet">{t('permissions.rolecall')}</span> : t('permissions.app')}
        </>
      ),
    },
  ];
  return (
    <>
      <PageHeader title={t('permissions.title')} lead={t('permissions.lead')} primary={<AddPermissionButton />} />
      <DataList
        label={t('permissions.title')}
        columns={columns}
        rows={permissions}
        state={state}
        count="permissions.count"
        group={({ resource }) => resource}
        rowTo={({ code }) => place.to(`permissions/${encodeURIComponent(code)}`)}
        empty={{ title: t('permissions.empty'), text: t('permissions.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('permissions.search')} />
            <FilterSelect
              state={state}
              name="isSystem"
              label={t('permissions.whose')}
              options={[
                { value: 'true', label: t('permissions.rolecall') },
                { value: 'false', label: t('permissions.app') },
              ]}
            />
            <FilterSelect
              state={state}
              name="scope"
              label={t('permissions.scope')}
              options={[
                { value: 'tenant', label: t('permissions.scope_tenant') },
                { value: 'platform', label: t('permissions.scope_platform') },
              ]}
            />
          </>
        }
      />
    </>
  );
}
