import { t } from '../../i18n/i18n.ts';
import { ActionDialog } from './action-dialog.tsx';
import { useLeaveGuard } from './use-leave-guard.ts';

/** Confirms leaving a page with unsaved changes. */
export function LeaveGuard({ active }: { active: boolean }) {
  const { leave, stay } = useLeaveGuard(active);
  return leave ? (
    <ActionDialog
      title={t('form.discard_title')}
      action={t('form.discard')}
      cancel={t('form.keep_editing')}
      danger
      onConfirm={async () => leave() ?? true}
      onClose={stay}
    />
  ) : null;
}
