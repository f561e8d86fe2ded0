import { Modal } from 'antd';
import type { Create, SyncRun } from 'bff/contract';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
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
  const { send, busy } = useChange();
  // The URL opens it, so that the health page can link here.
  const state = useListState({ filters: ['start'] });
  const [choice, setChoice] = useState<Choice>('report');
  const isRunning = useLastRun().run?.status === 'running';
  const canRun = scope.can('sync:run');
  const close = () => state.set({ start: undefined }, { replace: true });
  const start = async () => {
    const done = t('sync.run_started_done');
    const run = await send<SyncRun>({ method: 'post', path: 'sync-runs', body: CHOICES[choice], done });
    if (run) navigate(scope.to(`sync/runs/${run.id}`));
  };
  return (
    <>
      <PermissionButton
        type="primary"
        permission="sync:run"
        blocked={isRunning ? t('sync.run_another') : undefined}
        onClick={() => state.set({ start: 'true' }, { replace: true })}
      >
        {t('sync.run_start')}
      </PermissionButton>
      <Modal
        open={canRun && !isRunning && state.filters.start !== undefined}
        title={t('sync.run_start_title')}
        okText={t('sync.run_start_action')}
        cancelText={t('action.cancel')}
        confirmLoading={busy}
        onOk={start}
        onCancel={close}
        width={520}
        destroyOnHidden
      >
        <fieldset className="run-choices">
          <legend>{t('sync.run_direction')}</legend>
          {(Object.keys(CHOICES) as Choice[]).map((one) => (
            <label key={one} className="run-choice">
              <input type="radio" name="sync-run-choice" checked={choice === one} onChange={() => setChoice(one)} />
              <span>
                <b>{t(`sync.run_choice_${one}`)}</b>
                <span className="muted">{t(`sync.run_choice_${one}_text`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p className="muted run-note">{t('sync.run_background')}</p>
      </Modal>
    </>
  );
}
