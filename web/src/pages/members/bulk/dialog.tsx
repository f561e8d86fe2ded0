import { Button, Input, Modal } from 'antd';
import type { BulkRolesProgress } from 'bff/contract';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { dayOf } from '../../../core/days.ts';
import { usePreview } from '../../../features/preview/use-preview.tsx';
import { formatList, timeZone, wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { type BulkDraft, type BulkTarget, bulkBody } from './draft.ts';
import { BULK_CHANGE } from './progress.tsx';
import { BulkRoleRow } from './role-row.tsx';

type FormProps = { count: number; whom: BulkTarget; onClose: () => void; onSent: () => void };

/** Roles to assign to and remove from many members; previews the effect. */
export function BulkDialog({ open, ...props }: FormProps & { open: boolean }) {
  const { t } = useI18n();
  const { count } = props;
  return (
    <Modal
      open={open}
      title={t('members.bulk_title', { count, n: wholeNumber(count) })}
      footer={null}
      width={560}
      destroyOnHidden
      onCancel={props.onClose}
    >
      <BulkForm {...props} />
    </Modal>
  );
}

function BulkForm({ count, whom, onClose, onSent }: FormProps) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const [, setParams] = useSearchParams();
  const { rows, error, retry } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  const [draft, setDraft] = useState<BulkDraft>({});
  const [lastDay, setLastDay] = useState('');
  const [reason, setReason] = useState('');
  const { send, busy } = useChange();
  const params = { count, n: wholeNumber(count) };
  const preview = usePreview({ action: t('members.bulk_change', params), name: scope.name });
  const path = `${scope.resource('members')}/bulk-roles`;
  const body = bulkBody(whom, draft, { lastDay, reason });
  const named = (ids: string[]) => formatList(ids.map((id) => rows?.find((role) => role.id === id)?.name ?? ''));
  const { add = [], remove = [] } = body;
  const changed = add.length + remove.length > 0;
  const tooEarly = lastDay !== '' && lastDay < dayOf(new Date());

  async function save() {
    if (!(await preview.agreed([{ method: 'POST', path, body }]))) return;
    const sent = await send<BulkRolesProgress>({ method: 'post', path, body, done: t('members.bulk_started', params) });
    if (!sent) return;
    setParams(
      (now) => new URLSearchParams([...now].filter(([key]) => key !== BULK_CHANGE).concat([[BULK_CHANGE, sent.id]])),
    );
    onClose();
    onSent();
  }

  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!rows) return <ListSkeleton rows={4} columns={1} />;
  return (
    <>
      <div className="bulk-roles">
        {rows.map((role) => (
          <BulkRoleRow
            key={role.id}
            role={role}
            chosen={draft[role.id]}
            onChoose={(what) =>
              setDraft(({ [role.id]: _, ...others }) => (what ? { ...others, [role.id]: what } : others))
            }
          />
        ))}
      </div>
      <div className="bulk-more" hidden={!changed}>
        {add.length > 0 ? (
          <Field
            label={t('members.bulk_until')}
            optional
            hint={t('members.bulk_until_hint', { zone: timeZone() })}
            error={tooEarly ? t('role.dates_backwards') : undefined}
          >
            {(control) => (
              <Input
                {...control}
                type="date"
                min={dayOf(new Date())}
                value={lastDay}
                onChange={({ target }) => setLastDay(target.value)}
              />
            )}
          </Field>
        ) : null}
        <Field label={t('action.reason')}>
          {(control) => (
            <Input {...control} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
          )}
        </Field>
      </div>
      <p className="role-summary muted" aria-live="polite">
        {changed
          ? [
              add.length > 0 ? t('members.assigns', { roles: named(add) }) : '',
              remove.length > 0 ? t('members.removes', { roles: named(remove) }) : '',
            ].join(' ')
          : t('members.no_change')}
      </p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" disabled={!changed || tooEarly} loading={busy || preview.checking} onClick={save}>
          {t('members.bulk_change', params)}
        </Button>
      </div>
      {preview.dialog}
    </>
  );
}
