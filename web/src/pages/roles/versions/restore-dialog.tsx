import type { RoleDetail, RoleVersion } from 'bff/contract';
import { usePlannedEffect } from '../../../features/preview/planned-effect.tsx';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { FieldDiff } from '../../../ui/audit/field-diff.tsx';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';
import { differences } from './use-versions.ts';

type Props = {
  role: RoleDetail;
  path: string;
  open: boolean;
  now: RoleVersion;
  wanted: RoleVersion;
  onClose: () => void;
};

/** Restores an older version as a new one, after showing the difference and its effect. */
export default function RestoreDialog({ role, path, open, now, wanted, onClose }: Props) {
  const { t } = useI18n();
  const { send } = useChange();
  const { name, version } = role;
  const difference = differences(now, wanted);
  const isSame = difference.changed.length === 0;
  const restore = { path: `${path}/${wanted.number}/restore`, version };
  const planned = { ...restore, method: 'POST' as const, body: {} };
  const effect = usePlannedEffect(open && !isSame ? planned : undefined, name);
  const title = t('roles.restore_title', { name, n: wanted.number });
  return (
    <ConfirmDialog
      open={open}
      title={title}
      action={t('roles.restore_n', { n: wanted.number })}
      withReason
      ready={!isSame && effect.ready}
      onConfirm={(reason) =>
        send({
          ...restore,
          method: 'post',
          body: reason ? { reason } : {},
          done: t('roles.restored', { name, n: wanted.number }),
        })
      }
      onClose={onClose}
    >
      {isSame ? (
        t('roles.versions_same')
      ) : (
        <FieldDiff
          before={difference.before}
          after={difference.after}
          titles={[t('roles.version_n', { n: now.number }), t('roles.version_n', { n: wanted.number })]}
        />
      )}
      {effect.view}
    </ConfirmDialog>
  );
}
