import { Select } from 'antd';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { useDeferredValue, useState } from 'react';
import { uniqueById } from '../../core/unique.ts';
import { t } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import type { AskedTenant } from './use-asked-tenant.ts';
import { PLATFORM } from './use-asked-tenant.ts';

type Props = {
  asked: AskedTenant | typeof PLATFORM | undefined;
  /** The tenants of the user in question, listed first. */
  choices: Pick<AskedTenant, 'id' | 'name'>[];
  onChange: (tenantId: string | undefined) => void;
};

/** Selects a tenant by search, or the platform. */
export function TenantSelect({ asked, choices, onChange }: Props) {
  const [q, setQ] = useState('');
  const state = { q: useDeferredValue(q), sort: 'name', cursor: undefined, filters: {} };
  const { rows = [] } = useRows<'tenants'>('tenants', { state, limit: 20, fixed: { kind: 'customer' } });
  const platform = { id: PLATFORM_TENANT_ID, name: t('shell.platform') };
  const chosen = asked === PLATFORM ? platform : asked;
  const own = q === '' ? choices.map((tenant) => (tenant.id === platform.id ? platform : tenant)) : [];
  const rest = [...rows, ...(q === '' ? [platform, ...(chosen ? [chosen] : [])] : [])];
  const options = (tenants: typeof own) => uniqueById(tenants).map(({ id, name }) => ({ value: id, label: name }));
  const others = options(rest.filter(({ id }) => !own.some((tenant) => tenant.id === id)));
  return (
    <Select<string | null>
      showSearch
      filterOption={false}
      aria-label={t('explain.tenant')}
      placeholder={t('explain.tenant')}
      value={chosen?.id ?? null}
      onSearch={setQ}
      onChange={(id) => onChange(id ?? undefined)}
      options={
        own.length === 0
          ? others
          : [
              { label: t('explain.tenants_of_user'), options: options(own) },
              { label: t('explain.tenants_other'), options: others },
            ]
      }
    />
  );
}
