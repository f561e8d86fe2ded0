import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useTenantChoices } from './tenant-choices.ts';

/** Search and a list, usable with the arrow keys alone. */
export function TenantPicker({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const go = useNavigate();
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const choices = useTenantChoices(q);
  const here = useOptionalScope()?.tenantId;

  function choose(index: number) {
    const choice = choices[index];
    if (!choice) return;
    onDone();
    void go(choice.to);
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + choices.length) % Math.max(choices.length, 1));
    else if (event.key === 'Enter') choose(at);
    else if (event.key === 'Escape') onDone();
    else return;
    event.preventDefault();
  }

  return (
    <div className="picker" role="dialog" aria-label={t('shell.choose_tenant')}>
      <div className="picker-search">
        <Icon name="search" size={16} />
        <input
          // biome-ignore lint/a11y/noAutofocus: the user opened this list to search in it.
          autoFocus
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls="picker-list"
          aria-activedescendant={choices[at] ? `picker-${choices[at].id}` : undefined}
          aria-label={t('shell.search_tenants')}
          placeholder={t('shell.search_tenants')}
          value={q}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQ(event.target.value);
            setAt(0);
          }}
        />
      </div>
      <div id="picker-list" role="listbox" aria-label={t('shell.choose_tenant')} className="picker-list">
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field, which keeps the focus, handles the keys.
          <div
            key={choice.id}
            id={`picker-${choice.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={index === at ? 'picker-option picker-active' : 'picker-option'}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(index)}
          >
            <TenantMark id={choice.id} name={choice.name} size={20} />
            <span className="picker-name">{choice.name}</span>
            {choice.note ? <span className="muted">{choice.note}</span> : null}
            {choice.id === here ? <Icon name="check" size={16} /> : null}
          </div>
        ))}
      </div>
      {choices.length === 0 ? <p className="picker-none">{t('shell.no_tenant_found')}</p> : null}
    </div>
  );
}
