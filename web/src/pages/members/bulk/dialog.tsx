import './bulk.css';
import { Form } from 'antd';
import type { BulkRolesProgress } from 'bff/contract';
import { useSearchParams } from 'react-router';
import { formatList, timeZone } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import { useAllRows } from '../../../providers/data/use-all-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../../ui/dialog/action-dialog.tsx';
import { DateField } from '../../../ui/form/date-field.tsx';
import { useRecordForm } from '../../../ui/form/use-record-form.ts';
import { Loaded } from '../../../ui/page/record-page.tsx';
import { BulkRoles } from './bulk-roles.tsx';
import { type BulkDraft, type BulkTarget, bulkBody } from './draft.ts';
import { BULK_CHANGE } from './progress.tsx';

type Values = { roles: BulkDraft; validUntil: string | null };
const NOTHING: Values = { roles: {}, validUntil: null };
type Props = { title: string; whom: BulkTarget; onClose: () => void; onSent: () => void };

/** Roles to assign to and remove from many members, beside the impact. */
export default function BulkDialog({ title, whom, onClose, onSent }: Props) {
  const scope = useTenantScope();
  const [, setParams] = useSearchParams();
  const { rows, error, retry } = useAllRows<'roles'>(scope.resource('roles'), { sort: 'name' });
  const path = `${scope.resource('members')}/bulk-roles`;
  const dialog = useRecordForm<BulkRolesProgress, Values>({
    resource: path,
    initialValues: NOTHING,
    body: (values) => bulkBody(whom, values.roles, values.validUntil),
    fieldOf: { add: 'roles', remove: 'roles', grant_exceeds_own: 'roles', last_owner: 'roles' },
    onDone: ({ id }) => {
      setParams(
        (now) => new URLSearchParams([...now].filter(([key]) => key !== BULK_CHANGE).concat([[BULK_CHANGE, id]])),
      );
      onClose();
      onSent();
    },
  });
  const values: Values = { ...NOTHING, ...Form.useWatch([], dialog.form) };
  const body = bulkBody(whom, values.roles, values.validUntil);
  const { add = [], remove = [] } = body;
  const isChanged = add.length + remove.length > 0;
  const named = (ids: string[]) => formatList((rows ?? []).filter(({ id }) => ids.includes(id)).map(roleName));
  const said = [
    add.length > 0 ? t('members.assigns', { roles: named(add) }) : '',
    remove.length > 0 ? t('members.removes', { roles: named(remove) }) : '',
  ];
  return (
    <ActionDialog
      title={title}
      action={title}
      form={dialog}
      reason
      ready={isChanged}
      dirty={isChanged}
      changes={isChanged ? [{ method: 'post', path, body }] : []}
      confirmName={scope.name}
      onClose={onClose}
    >
      <Loaded found={{ record: rows, error, retry }} rows={4} columns={1}>
        {(roles) => (
          <Form.Item name="roles">
            <BulkRoles roles={roles} />
          </Form.Item>
        )}
      </Loaded>
      {add.length > 0 ? (
        <Form.Item
          name="validUntil"
          label={t('members.bulk_until')}
          extra={t('members.bulk_until_hint', { zone: timeZone() })}
        >
          <DateField edge="end" min={new Date().toISOString()} />
        </Form.Item>
      ) : null}
      <p className="muted" aria-live="polite">
        {isChanged ? said.join(' ') : t('members.no_change')}
      </p>
    </ActionDialog>
  );
}
