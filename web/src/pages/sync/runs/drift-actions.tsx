import type { SyncDrift, SyncRun } from 'bff/contract';
import { useId, useState } from 'react';
import { wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';

type DriftAction = 'pull' | 'push' | 'ignore' | 'pull_all';
type Props = { run: SyncRun; open: SyncDrift[]; selected: SyncDrift[]; onSelect: (rows: SyncDrift[]) => void };

/** Differences that a push can end: roles, and members who joined here. */
const isPushable = ({ kind, note }: SyncDrift) =>
  kind === 'role' || note === 'push_refused' || note === 'unknown_at_provider';

/** Resolves selected or all open drift: pull, push or ignore. */
export function DriftActions({ run, open, selected, onSelect }: Props) {
  const { t } = useI18n();
  const id = useId();
  const { send } = useChange();
  const [action, setAction] = useState<DriftAction>();
  if (open.length === 0 && run.openDrift === 0) return null;

  const count = action === 'pull_all' ? run.openDrift : selected.length;
  const params = { count, n: wholeNumber(count) };
  const all = { count: run.openDrift, n: wholeNumber(run.openDrift) };
  const ids = selected.map((drift) => drift.id);
  const unfinished =
    run.status === 'running'
      ? t('sync.drift_run_active')
      : run.status === 'done'
        ? undefined
        : t('sync.drift_run_unfinished');
  const onlyRoles = selected.every(isPushable) ? undefined : t('sync.drift_push_only_roles');
  const asked = action === 'pull_all' ? 'pull' : (action ?? 'pull');
  const canEnd = action === 'pull_all' || selected.some(({ kind }) => kind === 'extra');
  const resolve = async () => {
    const path = `sync-runs/${run.id}/drift/${action === 'ignore' ? 'ignore' : 'repair'}`;
    const body =
      action === 'pull_all'
        ? { all: true, direction: 'pull' }
        : action === 'ignore'
          ? { ids }
          : { ids, direction: action };
    const done = t(action === 'ignore' ? 'sync.drift_ignored' : 'sync.drift_repair_requested');
    if (await send({ method: 'post', path, body, done })) onSelect([]);
  };
  return (
    <div className="drift-actions">
      <input
        id={id}
        type="checkbox"
        checked={open.length > 0 && selected.length === open.length}
        disabled={open.length === 0}
        onChange={(event) => onSelect(event.target.checked ? open : [])}
      />
      <label htmlFor={id}>{t('sync.drift_select_all')}</label>
      {selected.length > 0 ? (
        <>
          <span className="drift-chosen">
            {t('sync.drift_selected', { count: selected.length, n: wholeNumber(selected.length) })}
          </span>
          <PermissionButton size="small" permission="sync:run" blocked={unfinished} onClick={() => setAction('pull')}>
            {t('sync.drift_pull')}
          </PermissionButton>
          <PermissionButton
            size="small"
            permission="sync:run"
            blocked={unfinished ?? onlyRoles}
            onClick={() => setAction('push')}
          >
            {t('sync.drift_push')}
          </PermissionButton>
          <PermissionButton size="small" permission="sync:run" onClick={() => setAction('ignore')}>
            {t('sync.drift_ignore')}
          </PermissionButton>
        </>
      ) : (
        <span className="drift-all">
          <PermissionButton
            size="small"
            permission="sync:run"
            blocked={unfinished}
            onClick={() => setAction('pull_all')}
          >
            {t('sync.drift_pull_all', all)}
          </PermissionButton>
        </span>
      )}
      <ConfirmDialog
        open={action !== undefined}
        title={t(`sync.drift_${asked}_title`, params)}
        action={t(`sync.drift_${asked}`)}
        danger={asked === 'pull' && canEnd}
        onConfirm={resolve}
        onClose={() => setAction(undefined)}
      >
        <p>{t(`sync.drift_${asked}_text`)}</p>
      </ConfirmDialog>
    </div>
  );
}
