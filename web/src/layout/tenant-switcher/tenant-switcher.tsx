import { Popover } from 'antd';
import { useRef, useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { lazyPart } from '../../ui/feedback/lazy.tsx';
import { Icon } from '../../ui/icon.tsx';

const TenantPicker = lazyPart(() => import('./tenant-picker.tsx'), null);

/** Shows the current tenant; opens the list of the others. */
export function TenantSwitcher() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const scope = useOptionalScope();
  const name = scope?.kind === 'platform' ? t('shell.platform') : (scope?.name ?? t('shell.choose_tenant'));
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      destroyOnHidden
      content={
        <div role="dialog" aria-label={t('shell.choose_tenant')} onKeyDown={({ key }) => key === 'Escape' && close()}>
          <TenantPicker onDone={close} />
        </div>
      }
      styles={{ body: { padding: 0 } }}
    >
      <button ref={button} type="button" className="side-button row" aria-haspopup="dialog" aria-expanded={open}>
        {scope ? <TenantMark id={scope.tenantId} name={name} /> : null}
        <bdi className="clip" title={name}>
          {name}
        </bdi>
        <span className="visually-hidden">{t('shell.switch_tenant')}</span>
        <Icon name="updown" size={16} />
      </button>
    </Popover>
  );
}
