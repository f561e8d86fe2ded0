import { Flex, Form, Radio } from 'antd';
import type { Create, SyncRun } from 'bff/contract';
import { useNavigate } from 'react-router';
import { t } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../../ui/dialog/action-dialog.tsx';
import { useRecordForm } from '../../../ui/form/use-record-form.ts';

/** The read-only one comes first. */
const CHOICES = {
  report: { kind: 'reconcile', mode: 'report', direction: 'pull' },
  pull: { kind: 'reconcile', mode: 'repair', direction: 'pull' },
  push: { kind: 'reconcile', mode: 'repair', direction: 'push' },
  backfill: { kind: 'backfill', mode: 'repair', direction: 'pull' },
} as const satisfies Record<string, Create<'sync-runs'>>;
type Choice = keyof typeof CHOICES;

/** Starts a run in one of four modes. */
export default function StartRun({ onClose }: { onClose: () => void }) {
  const scope = useTenantScope();
  const navigate = useNavigate();
  const dialog = useRecordForm<SyncRun, { choice: Choice }>({
    resource: 'sync-runs',
    initialValues: { choice: 'report' },
    body: ({ choice }) => CHOICES[choice],
    done: () => t('sync.run_started_done'),
    onDone: ({ id }) => navigate(scope.to(`sync/runs/${id}`)),
  });
  return (
    <ActionDialog
      title={t('sync.run_start_title')}
      action={t('sync.run_start_action')}
      form={dialog}
      width={560}
      onClose={onClose}
    >
      <Form.Item name="choice" noStyle>
        <Radio.Group aria-label={t('sync.run_direction')}>
          <Flex vertical gap={14}>
            {(Object.keys(CHOICES) as Choice[]).map((one) => (
              <Radio key={one} value={one} className="run-choice">
                {t(`sync.run_choice_${one}`)}
                <span className="second">{t(`sync.run_choice_${one}_text`)}</span>
              </Radio>
            ))}
          </Flex>
        </Radio.Group>
      </Form.Item>
      <p className="muted run-choice-note">{t('sync.run_background')}</p>
    </ActionDialog>
  );
}
