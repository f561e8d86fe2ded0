import { Popover } from 'antd';
import { useRef, useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import type { DrawButton } from '../../ui/form/face.tsx';
import { TenantPicker } from './tenant-picker.tsx';

/** The list of tenants, opened. */
export default function TenantPopover({ button }: { button: DrawButton }) {
  const [isOpen, setOpen] = useState(true);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  return (
    <Popover
      open={isOpen}
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
      {button({ ref: trigger, 'aria-expanded': isOpen })}
    </Popover>
  );
}
