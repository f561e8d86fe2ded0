import './bulk.css';
import { Flex, Form } from 'antd';
import type { BulkRolesProgress } from 'bff/contract';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { formatList, timeZone, wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../../ui/dialog/action-dialog.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { DateField } from '../../../ui/form/date-field.tsx';
import { type BulkDraft, type BulkTarget, bulkBody } from './draft.ts';
import { BULK_CHANGE } from './progress.tsx';
import { BulkRoleRow } from './role-row.tsx';

type Props = { count: number; whom: BulkTarget; onClose: () => void; onSent: () => void };

/** Roles to assign to and remove from many members, beside the impact. */
export default function BulkDialog({ count, whom, onClose, onSent }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const [, setParams] = useSearchParams();
  const { rows, error, retry } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  const [draft, setDraft] = useState<BulkDraft>({});
  const [until, setUntil] = useState<string | null>(null);
  const { send } = useChange();
  const params = { count, n: wholeNumber(count) };
  const path = `${scope.resource('members')}/bulk-roles`;
  const body = bulkBody(whom, draft, until);
  const named = (ids: string[]) => formatList((rows ?? []).filter(({ id }) => ids.includes(id)).map(roleName));
  const { add = [], remove = [] } = body;
  const isChanged = add.length + remove.length > 0;

  async function save(reason: string | undefined) {
    const sent = await send<BulkRolesProgress>({
      method: 'post',
      path,
      body: { ...body, ...(reason ? { reason } : {}) },
      done: t('members.bulk_started', params),
    });
    if (!sent) return undefined;
    setParams(
      (now) => new URLSearchParams([...now].filter(([key]) => key !== BULK_CHANGE).concat([[BULK_CHANGE, sent.id]])),
    );
    onSent();
    return sent;
  }

  return (
    <ActionDialog
      title={t('members.bulk_title', params)}
      action={t('members.bulk_change', params)}
      reason
      ready={isChanged}
      dirty={isChanged}
      changes={isChanged ? [{ method: 'POST', path, body }] : []}
      confirmName={scope.name}
      onConfirm={save}
      onClose={onClose}
    >
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {rows || error ? null : <ListSkeleton rows={4} columns={1} />}
      <Flex vertical gap={12}>
        {rows?.map((role) => (
          <BulkRoleRow
            key={role.id}
            role={role}
            chosen={draft[role.id]}
            onChoose={(what) =>
              setDraft(({ [role.id]: _, ...others }) => (what ? { ...others, [role.id]: what } : others))
            }
          />
        ))}
      </Flex>
      {add.length > 0 ? (
        <Form.Item label={t('members.bulk_until')} extra={t('members.bulk_until_hint', { zone: timeZone() })}>
          <DateField
            edge="end"
            label={t('members.bulk_until')}
            min={new Date().toISOString()}
            value={until}
            onChange={setUntil}
          />
        </Form.Item>
      ) : null}
      <p className="muted" aria-live="polite">
        {isChanged
          ? [
              add.length > 0 ? t('members.assigns', { roles: named(add) }) : '',
              remove.length > 0 ? t('members.removes', { roles: named(remove) }) : '',
            ].join(' ')
          : t('members.no_change')}
      </p>
    </ActionDialog>
  );
}
