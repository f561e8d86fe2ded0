import type { Permission, PermissionUsage } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { TYPED_ABOVE } from '../../features/preview/dry-run.ts';
import { TypedConfirmation } from '../../features/preview/typed-confirmation.tsx';
import { formatList, wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { notify } from '../../providers/notifications.ts';
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { useCanCount, useUsage } from './use-usage.ts';
import { UsageText } from './used-by.tsx';

const NAMED = 3;

/** Retires or restores a permission of the app; shows first who loses or gains it. */
export function RetirePermission({ permission }: { permission: Permission }) {
  const { t } = useI18n();
  const { send } = useChange();
  const canCount = useCanCount();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { code, isSystem, retiredAt, version } = permission;
  const { usage, retry } = useUsage(code, open);
  const step = retiredAt ? 'restore' : 'retire';
  const mustType = usage !== undefined && usage.members > TYPED_ABOVE;
  const blocked = isSystem
    ? t('permissions.system_not_retirable')
    : canCount
      ? undefined
      : t('permissions.retire_requires_tenants');

  function onError(error: ApiError): boolean {
    if (error.code !== 'permission_in_use') return false;
    retry();
    notify({ key: 'change', tone: 'bad', title: t('permissions.usage_changed') });
    return true;
  }

  const confirm = (reason: string | undefined) =>
    send({
      method: 'patch',
      path: `permissions/${encodeURIComponent(code)}`,
      version,
      body: {
        retired: !retiredAt,
        ...(retiredAt ? {} : { expectedAffectedMembers: usage?.members ?? 0 }),
        ...(reason ? { reason } : {}),
      },
      done: t(`permissions.${step}d_done`, { code }),
      onError,
    });

  return (
    <>
      <PermissionButton
        permission="permissions:update"
        blocked={blocked}
        danger={!retiredAt}
        onClick={() => {
          setTyped('');
          setOpen(true);
        }}
      >
        {t(`permissions.${step}_short`)}
      </PermissionButton>
      <ConfirmDialog
        open={open}
        title={t(`permissions.${step}_title`, { code })}
        action={t(`permissions.${step}_action`, { code })}
        danger={!retiredAt}
        withReason
        ready={usage !== undefined && (!mustType || typed.trim() === code)}
        onConfirm={confirm}
        onClose={() => setOpen(false)}
      >
        <p>{t(`permissions.${step}_text`)}</p>
        {usage ? <AffectedUsers usage={usage} step={step} /> : <ListSkeleton rows={2} columns={1} />}
        {mustType ? <TypedConfirmation name={code} typed={typed} onType={setTyped} /> : null}
      </ConfirmDialog>
    </>
  );
}

/** The affected users: counts, then the tenants with most of them. */
function AffectedUsers({ usage, step }: { usage: PermissionUsage; step: 'retire' | 'restore' }) {
  const { t } = useI18n();
  const { members, data, tenants } = usage;
  const named = data
    .filter((role) => role.members > 0)
    .slice(0, NAMED)
    .map((role) =>
      t('permissions.in_tenant', {
        n: wholeNumber(role.members),
        tenant: role.tenant.name,
        count: role.members,
      }),
    );
  const rest = tenants - named.length;
  const others =
    rest > 0 && named.length > 0 ? [t('permissions.in_others', { count: rest, n: wholeNumber(rest) })] : [];
  return (
    <div className="affected" aria-live="polite">
      <p className={step === 'retire' && members > 0 ? 'affected-loses' : undefined}>
        <strong>{t(`permissions.${step}_affected`, { count: members, n: wholeNumber(members) })}</strong>
      </p>
      {named.length > 0 ? <p>{formatList([...named, ...others])}.</p> : null}
      <p className="muted">
        <UsageText usage={usage} /> {t('permissions.owners_not_counted')}
      </p>
    </div>
  );
}
