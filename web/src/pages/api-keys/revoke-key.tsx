import type { ApiKey } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { relativeTime } from '../../i18n/relative-time.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';

/** Confirms revoking a key; the last use shows whether a server still depends on it. */
export function RevokeKey({ apiKey }: { apiKey: ApiKey }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { send } = useChange();
  const [open, setOpen] = useState(false);
  const { id, name, prefix, lastUsedAt, version } = apiKey;
  const revoke = () =>
    send({
      method: 'post',
      path: `${scope.resource('api-keys')}/${id}/revoke`,
      version,
      done: t('api_keys.revoked_done', { name }),
    });
  return (
    <>
      <PermissionButton
        size="small"
        permission="api-keys:revoke"
        aria-label={t('api_keys.revoke', { name })}
        onClick={() => setOpen(true)}
      >
        {t('api_keys.revoke_short')}
      </PermissionButton>
      <ConfirmDialog
        open={open}
        title={t('api_keys.revoke', { name })}
        action={t('api_keys.revoke_action')}
        danger
        onConfirm={revoke}
        onClose={() => setOpen(false)}
      >
        <p>{rich('api_keys.revoke_text', { prefix: <code className="mono">{prefix}</code> })}</p>
        <p>
          {lastUsedAt ? t('api_keys.revoke_used', { when: relativeTime(lastUsedAt) }) : t('api_keys.revoke_unused')}
        </p>
      </ConfirmDialog>
    </>
  );
}
