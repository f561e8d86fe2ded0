import { Button, Form, Input, Select } from 'antd';
import type { Create, InvitationCreated } from 'bff/contract';
import { useState } from 'react';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useAllRows } from '../../providers/data/use-all-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { RoleChoices } from '../../ui/form/role-choices.tsx';
import { ShownOnce } from '../../ui/form/shown-once.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';
import { Loaded } from '../../ui/page/record-page.tsx';

type Preset = { email: string; roleIds: string[] };
type Props = { onClose: () => void; preset?: Preset };

const DAYS = [1, 3, 7, 14, 30];

/** Two steps: the form; then the link, which is shown only once. Mounted while it is open. */
export default function InviteDialog({ onClose, preset }: Props) {
  const [created, setCreated] = useState<InvitationCreated>();
  if (!created) return <InviteForm onCreated={setCreated} onClose={onClose} {...(preset ? { preset } : {})} />;
  return <Created invitation={created} onAnother={() => setCreated(undefined)} onClose={onClose} />;
}

function InviteForm({ onCreated, onClose, preset }: Props & { onCreated: (invitation: InvitationCreated) => void }) {
  const scope = useTenantScope();
  const { rows, error, retry } = useAllRows<'roles'>(scope.resource('roles'), { sort: 'name' });
  const form = useRecordForm<InvitationCreated, Create<'invitations'>>({
    resource: scope.resource('invitations'),
    initialValues: { email: preset?.email ?? '', expiresInDays: 7 },
    onDone: onCreated,
  });
  return (
    <ActionDialog
      title={t('invite.dialog_title', { tenant: scope.name })}
      action={t('invite.send')}
      form={form}
      ready={rows !== undefined}
      width={520}
      onClose={onClose}
    >
      <Form.Item
        name="email"
        label={t('entry.email')}
        rules={[
          { required: true, message: t('entry.email_invalid') },
          { pattern: /^\s*\S+@\S+\s*$/, message: t('entry.email_invalid') },
        ]}
      >
        <Input type="email" autoComplete="off" spellCheck={false} maxLength={320} />
      </Form.Item>
      <Loaded found={{ record: rows, error, retry }} rows={5} columns={1}>
        {(roles) => (
          <Form.Item
            name="roleIds"
            label={t('invite.roles')}
            initialValue={
              preset?.roleIds ?? roles.filter((role) => role.isDefault && !role.isOwner).map(({ id }) => id)
            }
            rules={[{ type: 'array', min: 1, message: t('invite.roles_missing') }]}
          >
            <RoleChoices roles={roles} />
          </Form.Item>
        )}
      </Loaded>
      <Form.Item name="expiresInDays" label={t('invite.expires_after')}>
        <Select options={DAYS.map((days) => ({ value: days, label: t('invite.days', { count: days }) }))} />
      </Form.Item>
    </ActionDialog>
  );
}

type CreatedProps = { invitation: InvitationCreated; onAnother: () => void; onClose: () => void };

function Created({ invitation, onAnother, onClose }: CreatedProps) {
  const { email, acceptUrl, deliveryStatus, expiresAt } = invitation;
  return (
    <ShownOnce
      title={t('invite.created', { email })}
      text={t(deliveryStatus === 'not-configured' ? 'invite.link_not_sent' : 'invite.link_sent')}
      value={acceptUrl}
      label={t('invite.link')}
      copy={t('invite.copy_link')}
      other={<Button onClick={onAnother}>{t('invite.another')}</Button>}
      onClose={onClose}
    >
      <p className="muted">
        {t(acceptUrl ? 'invite.link_shown_once' : 'invite.link_already_shown', { date: shortTime(expiresAt) })}
      </p>
    </ShownOnce>
  );
}
