import './invite.css';
import { useForm } from '@refinedev/antd';
import { Button, Form, Input, Select } from 'antd';
import type { Create, InvitationCreated, Row } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { RoleChoices } from '../../ui/form/role-choices.tsx';

export type InvitePreset = { email: string; roleIds: string[] };
type Props = { onCreated: (invitation: InvitationCreated) => void; onClose: () => void; preset?: InvitePreset };

export function InviteForm(props: Props) {
  const scope = useTenantScope();
  const { rows, error, retry } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  if (error) return <ErrorState error={error} onRetry={retry} />;
  return rows ? <Fields {...props} roles={rows} /> : <ListSkeleton rows={5} columns={1} />;
}

const DAYS = [1, 3, 7, 14, 30];

function Fields({ roles, onCreated, onClose, preset }: Props & { roles: Row<'roles'>[] }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { formProps, mutation } = useForm<InvitationCreated, ApiError, Create<'invitations'>>({
    resource: scope.resource('invitations'),
    action: 'create',
    redirect: false,
    warnWhenUnsavedChanges: false,
    successNotification: false,
    errorNotification: false,
    onMutationSuccess: ({ data }) => onCreated(data),
  });
  const failure = mutation.error && Object.keys(mutation.error.errors).length === 0 ? mutation.error : undefined;
  const usual = roles.filter((role) => role.isDefault && !role.isOwner).map((role) => role.id);
  return (
    <Form
      {...formProps}
      name="invite"
      layout="vertical"
      requiredMark={false}
      initialValues={{ email: preset?.email ?? '', roleIds: preset?.roleIds ?? usual, expiresInDays: 7 }}
      // Refine rejects on an error; the fields and the line below already show it.
      onFinish={(values) => Promise.resolve(formProps.onFinish?.(values)).catch(() => undefined)}
    >
      <Form.Item
        name="email"
        label={t('entry.email')}
        rules={[
          { required: true, whitespace: true, message: t('entry.email_missing') },
          { pattern: /^\s*\S+@\S+\s*$/, message: t('entry.email_invalid') },
        ]}
      >
        <Input type="email" autoComplete="off" spellCheck={false} maxLength={320} autoFocus />
      </Form.Item>
      <Form.Item
        name="roleIds"
        label={t('invite.roles')}
        rules={[{ type: 'array', min: 1, message: t('invite.roles_missing') }]}
      >
        <RoleIds roles={roles} />
      </Form.Item>
      <Form.Item name="expiresInDays" label={t('invite.expires_after')}>
        <Select
          className="invite-days"
          options={DAYS.map((days) => ({ value: days, label: t('invite.days', { count: days }) }))}
        />
      </Form.Item>
      {failure ? (
        <p role="alert" className="invite-error">
          {errorText(failure)}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {t('invite.send')}
        </Button>
      </div>
    </Form>
  );
}

type RoleIdsProps = { roles: Row<'roles'>[]; value?: string[]; onChange?: (ids: string[]) => void };

function RoleIds({ roles, value = [], onChange }: RoleIdsProps) {
  return <RoleChoices roles={roles} chosen={value} onChange={(next) => onChange?.(next)} />;
}
