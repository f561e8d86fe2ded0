import '../palette/palette.css';
import { Command } from 'cmdk';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useTenantChoices } from './tenant-choices.ts';

/** Search and a list of tenants. */
export function TenantPicker({ onDone }: { onDone: () => void }) {
  const go = useNavigate();
  const [q, setQ] = useState('');
  const here = useOptionalScope()?.tenantId;
  return (
    <Command label={t('shell.search_tenants')} shouldFilter={false} loop className="tenant-picker">
      <div className="palette-search row">
        <Icon name="search" size={16} />
        <Command.Input autoFocus value={q} onValueChange={setQ} placeholder={t('shell.search_tenants')} />
      </div>
      <Command.List label={t('shell.choose_tenant')}>
        <Command.Empty>{t('shell.no_tenant_found')}</Command.Empty>
        {useTenantChoices(q).map(({ id, name, note, to }) => (
          <Command.Item
            className="row"
            key={id}
            value={id}
            onSelect={() => {
              onDone();
              void go(to);
            }}
          >
            <TenantMark id={id} name={name} size={20} />
            <bdi className="palette-label clip">{name}</bdi>
            {note ? <span className="muted clip">{note}</span> : null}
            {id === here ? <Icon name="check" size={16} /> : null}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
