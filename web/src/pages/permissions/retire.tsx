import type { Permission, PermissionUsage } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { type Change, useChange } from '../../providers/data/use-change.ts';
import { notify } from '../../providers/notifications.ts';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Loaded } from '../../ui/page/record-page.tsx';
import { useUsage } from './use-usage.ts';
import { UsageText } from './used-by.tsx';

const NAMED = 3;

type Props = { permission: Permission; onClose: () => void };

/** Retires or restores a permission of the app; shows first who loses or gains it. */
export default function RetirePermission({ permission, onClose }: Props) {
  const { send } = useChange();
  const { code, retiredAt, version } = permission;
  const found = useUsage(code);
  const usage = found.record;
  const step = retiredAt ? 'restore' : 'retire';

  function onError({ code: problem }: ApiError): boolean {
    if (problem !== 'permission_in_use') return false;
    found.retry();
    notify({ key: 'change', tone: 'bad', title: t('permissions.usage_changed') });
    return true;
  }
  const change = (retired: boolean, seen: number, reason?: string): Change<Permission> => ({
    method: 'patch',
    path: `permissions/${encodeURIComponent(code)}`,
    version: seen,
    body: {
      retired,
      ...(retired ? { expectedAffectedMembers: usage?.members ?? 0 } : {}),
      ...(reason ? { reason } : {}),
    },
    done: t(retired ? 'permissions.retired_done' : 'permissions.restored_done', { code }),
    onError,
  });

  return (
    <ActionDialog
      title={t(`permissions.${step}_title`, { code })}
      action={t(`permissions.${step}_action`, { code })}
      danger={!retiredAt}
      reason
      ready={usage !== undefined}
      confirmName={code}
      affected={usage?.members ?? 0}
      onConfirm={(reason) =>
        send({ ...change(!retiredAt, version, reason), undo: (saved) => change(Boolean(retiredAt), saved.version) })
      }
      onClose={onClose}
    >
      <p>{t(`permissions.${step}_text`)}</p>
      <Loaded found={found} rows={2} columns={1}>
        {(known) => <AffectedUsers usage={known} step={step} />}
      </Loaded>
    </ActionDialog>
  );
}

/** The affected users: counts, then the tenants with most of them. */
function AffectedUsers({ usage, step }: { usage: PermissionUsage; step: 'retire' | 'restore' }) {
  const { members, data, tenants } = usage;
  const named = data
    .filter((role) => role.members > 0)
    .slice(0, NAMED)
    .map(({ members: count, tenant }) => t('permissions.in_tenant', { n: count, tenant: tenant.name, count }));
  const rest = tenants - named.length;
  const others = rest > 0 && named.length > 0 ? [t('permissions.in_others', { count: rest })] : [];
  return (
    <Note>
      <p className={step === 'retire' && members > 0 ? 'text-bad' : undefined} aria-live="polite">
        <b>{t(`permissions.${step}_affected`, { count: members })}</b>
      </p>
      {named.length > 0 ? <p>{formatList([...named, ...others])}.</p> : null}
      <p>
        <UsageText usage={usage} />
      </p>
    </Note>
  );
}
