import type { RoleDetail, RoleVersion } from 'bff/contract';
import { t } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { ActionDialog } from '../../../ui/dialog/action-dialog.tsx';
import { differences, VersionDiff } from './version-diff.tsx';

type Props = { role: RoleDetail; path: string; now: RoleVersion; wanted: RoleVersion; onClose: () => void };

/** Restores an older version as a new one, after showing the difference and its effect. */
export default function RestoreDialog({ role, path, now, wanted, onClose }: Props) {
  const { send } = useChange();
  const { name, version } = role;
  const n = wanted.number;
  const isSame = differences(now, wanted).length === 0;
  const restore = { path: `${path}/${n}/restore`, version };
  return (
    <ActionDialog
      title={t('roles.restore_title', { name, n })}
      action={t('roles.restore_n', { n })}
      reason
      ready={!isSame}
      changes={isSame ? undefined : [{ ...restore, method: 'post', body: {} }]}
      confirmName={name}
      onConfirm={(reason) =>
        send({
          ...restore,
          method: 'post',
          body: reason ? { reason } : {},
          done: t('roles.restored', { name, n }),
        })
      }
      onClose={onClose}
    >
      <VersionDiff before={now} after={wanted} />
    </ActionDialog>
  );
}
