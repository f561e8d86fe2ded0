import './tenant-switcher.css';
import { Popover } from 'antd';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { popupContainer } from '../popup-container.ts';
import { TenantPicker } from './tenant-picker.tsx';

/** Shows the current tenant; opens the list of the others. */
export function TenantSwitcher() {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const scope = useOptionalScope();
  const name = scope?.kind === 'platform' ? t('shell.platform') : (scope?.name ?? t('shell.choose_tenant'));
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      getPopupContainer={popupContainer}
      destroyOnHidden
      content={<TenantPicker onDone={() => setOpen(false)} />}
      styles={{ body: { padding: 0 } }}
    >
      <button type="button" className="switcher" aria-haspopup="dialog" aria-expanded={open}>
        {scope ? <TenantMark id={scope.tenantId} name={name} /> : null}
        <span className="switcher-name" title={name}>
          {name}
        </span>
        <span className="visually-hidden">{t('shell.switch_tenant')}</span>
        <Icon name="updown" size={16} />
      </button>
    </Popover>
  );
}
