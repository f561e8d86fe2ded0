import { Radio, Space } from 'antd';
import type { Create, SyncRun } from 'bff/contract';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';
import { useLastRun } from '../use-sync.ts';

const CHOICES = {
  report: { kind: 'reconcile', mode: 'report', direction: 'pull' },
  pull: { kind: 'reconcile', mode: 'repair', direction: 'pull' },
  push: { kind: 'reconcile', mode: 'repair', direction: 'push' },
  backfill: { kind: 'backfill', mode: 'repair', direction: 'pull' },
} as const satisfies Record<string, Create<'sync-runs'>>;
type Choice = keyof typeof CHOICES;

/** Starts a run in one of four modes; the read-only one comes first. */
export function StartRun() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const navigate = useNavigate();
  const { send } = useChange();
  // The URL opens it, so that the health page can link here.
  const state = useListState({ filters: ['start'] });
  const [choice, setChoice] = useState<Choice>('report');
  const hasStarted = useRef(false);
  const isRunning = useLastRun().run?.status === 'running';
  const set = (start: string | undefined) => state.set({ start }, { replace: true });
  const start = async () => {
    const done = t('sync.run_started_done');
    const run = await send<SyncRun>({ method: 'post', path: 'sync-runs', body: CHOICES[choice], done });
    hasStarted.current = run !== undefined;
    if (run) navigate(scope.to(`sync/runs/${run.id}`));
    return run;
  };
  return (
    <>
      <PermissionButton
        type="primary"
        permission="sync:run"
        blocked={isRunning ? t('sync.run_another') : undefined}
        onClick={() => set('true')}
      >
        {t('sync.run_start')}
      </PermissionButton>
      <ConfirmDialog
        open={scope.can('sync:run') && !isRunning && state.filters.start !== undefined}
        title={t('sync.run_start_title')}
        action={t('sync.run_start_action')}
        onConfirm={start}
        // Closing changes the URL, which would leave the page of the new run.
        onClose={() => hasStarted.current || set(undefined)}
      >
        <Radio.Group
          aria-label={t('sync.run_direction')}
          value={choice}
          onChange={({ target }) => setChoice(target.value)}
        >
          <Space direction="vertical" size="middle">
            {(Object.keys(CHOICES) as Choice[]).map((one) => (
              <Radio key={one} value={one}>
                {t(`sync.run_choice_${one}`)}
                <span className="sync-second">{t(`sync.run_choice_${one}_text`)}</span>
              </Radio>
            ))}
            <p>{t('sync.run_background')}</p>
          </Space>
        </Radio.Group>
      </ConfirmDialog>
    </>
  );
}
