import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { PermissionButton } from '../../ui/form/permission-button.tsx';

const InviteDialog = lazy(() => import('./invite-dialog.tsx'));

/** Opens the invitation dialog, which is loaded on first use. */
export function InviteButton() {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  return (
    <>
      <PermissionButton
        type="primary"
        permission="members:invite"
        onClick={() => {
          setUsed(true);
          setOpen(true);
        }}
      >
        {t('invite.member')}
      </PermissionButton>
      {used ? (
        <Suspense fallback={null}>
          <InviteDialog open={open} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
