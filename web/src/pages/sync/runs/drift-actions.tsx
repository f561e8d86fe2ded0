import { Flex } from 'antd';
import type { SyncDrift, SyncRun } from 'bff/contract';
import { useI18n } from '../../../i18n/i18n.ts';
import { ActionButton } from '../../../ui/form/action-button.tsx';

type Props = { run: SyncRun; selected: SyncDrift[]; onDone: () => void };

/** Differences that a push can end: roles, and members who joined here. */
const isPushable = ({ kind, note }: SyncDrift) =>
  kind === 'role' || note === 'push_refused' || note === 'unknown_at_provider';

/** Resolves the selected drift, or all that is open: pull, push or ignore. */
export function DriftActions({ run: { id, status, openDrift }, selected, onDone }: Props) {
  const { t } = useI18n();
  if (openDrift === 0 && selected.length === 0) return null;
  const isAll = selected.length === 0;
  const count = isAll ? openDrift : selected.length;
  const params = { count };
  const ids = selected.map((drift) => drift.id);
  const unfinished =
    status === 'done' ? undefined : t(status === 'running' ? 'sync.drift_run_active' : 'sync.drift_run_unfinished');
  const action = (kind: 'pull' | 'push' | 'ignore', body: object, label: string, blocked?: string, danger = false) => (
    <ActionButton
      permission="sync:run"
      blocked={blocked}
      label={label}
      title={t(`sync.drift_${kind}_title`, params)}
      action={t(`sync.drift_${kind}`)}
      danger={danger}
      change={() => ({
        method: 'post',
        path: `sync-runs/${id}/drift/${kind === 'ignore' ? 'ignore' : 'repair'}`,
        body,
        done: t(kind === 'ignore' ? 'sync.drift_ignored' : 'sync.drift_repair_requested'),
        onDone,
      })}
    >
      {t(`sync.drift_${kind}_text`)}
    </ActionButton>
  );
  const onlyRoles = selected.every(isPushable) ? undefined : t('sync.drift_push_only_roles');
  const canEnd = selected.some(({ kind }) => kind === 'extra');
  return (
    <Flex wrap align="center" gap={8} style={{ marginBottom: 12 }}>
      {isAll ? (
        action('pull', { all: true, direction: 'pull' }, t('sync.drift_pull_all', params), unfinished, true)
      ) : (
        <>
          <span className="muted">{t('sync.drift_selected', params)}</span>
          {action('pull', { ids, direction: 'pull' }, t('sync.drift_pull'), unfinished, canEnd)}
          {action('push', { ids, direction: 'push' }, t('sync.drift_push'), unfinished ?? onlyRoles)}
          {action('ignore', { ids }, t('sync.drift_ignore'))}
        </>
      )}
    </Flex>
  );
}
