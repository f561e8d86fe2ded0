import { t } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { lazyPart } from '../../ui/feedback/lazy.tsx';
import { type DrawButton, Face } from '../../ui/form/face.tsx';
import { Icon } from '../../ui/icon.tsx';

const TenantPopover = lazyPart(() => import('./tenant-popover.tsx'));

/** Shows the current tenant; opens the list of the others. */
export function TenantSwitcher() {
  const scope = useOptionalScope();
  const name = scope?.kind === 'platform' ? t('shell.platform') : (scope?.name ?? t('shell.choose_tenant'));
  const button: DrawButton = (props) => (
    <button aria-expanded={false} {...props} type="button" className="side-button row" aria-haspopup="dialog">
      {scope ? <TenantMark id={scope.tenantId} name={name} /> : null}
      <bdi className="clip" title={name}>
        {name}
      </bdi>
      <span className="visually-hidden">{t('shell.switch_tenant')}</span>
      <Icon name="updown" size={16} />
    </button>
  );
  return (
    <Face button={button} load={TenantPopover.prefetch}>
      <TenantPopover button={button} />
    </Face>
  );
}
