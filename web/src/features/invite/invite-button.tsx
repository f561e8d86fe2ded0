import { t } from '../../i18n/i18n.ts';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';

const InviteDialog = lazyDialog(() => import('./invite-dialog.tsx'));

/** Opens the invitation dialog. */
export function InviteButton() {
  return (
    <DialogButton type="primary" permission="members:invite" label={t('invite.member')}>
      {(close) => <InviteDialog onClose={close} />}
    </DialogButton>
  );
}
