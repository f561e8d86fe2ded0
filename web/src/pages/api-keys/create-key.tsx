import './api-keys.css';
import { Flex, Form, Input, Select } from 'antd';
import type { ApiKeyCreated, Create } from 'bff/contract';
import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { CopyButton } from '../../ui/feedback/copy-button.tsx';
import { ShownOnce } from '../../ui/form/shown-once.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';

const DAYS = [7, 30, 90, 180, 365];
const USUAL_DAYS = 90;
/** antd's Select has no option for null. */
const UNTIL_REVOKED = 0;

/** Two steps: name and expiry; then the key, which is shown only once. */
export default function CreateKey({ onClose }: { onClose: () => void }) {
  const scope = useTenantScope();
  const [created, setCreated] = useState<ApiKeyCreated>();
  const dialog = useRecordForm<ApiKeyCreated, { name: string; days: number }>({
    resource: scope.resource('api-keys'),
    initialValues: { days: USUAL_DAYS },
    body: ({ name, days }): Create<'api-keys'> => ({ name, expiresInDays: days === UNTIL_REVOKED ? null : days }),
    done: ({ name }) => t('api_keys.created_done', { name }),
    onDone: setCreated,
  });
  if (created) return <NewKey created={created} onClose={onClose} />;
  return (
    <ActionDialog
      title={
        scope.kind === 'platform'
          ? t('api_keys.create_title_platform')
          : t('api_keys.create_title', { tenant: scope.name })
      }
      action={t('api_keys.create')}
      form={dialog}
      onClose={onClose}
    >
      <p className="muted">{t('api_keys.create_about')}</p>
      <Form.Item
        name="name"
        label={t('api_keys.name')}
        extra={t('api_keys.name_hint')}
        rules={[{ required: true, whitespace: true, message: t('api_keys.name_missing') }]}
      >
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="days" label={t('api_keys.expires_after')} extra={t('api_keys.expires_hint')}>
        <Select
          options={[
            ...DAYS.map((count) => ({ value: count, label: t('api_keys.days', { count }) })),
            { value: UNTIL_REVOKED, label: t('api_keys.until_revoked') },
          ]}
        />
      </Form.Item>
    </ActionDialog>
  );
}

/** A check that is true for the user, so that its answer proves that the key works. */
const curl = (key: string, userId: string, tenantId: string) => `curl ${location.origin}/api/access/check \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '${inQuotes({ checks: [{ userId, tenantId, permission: 'members:read' }] })}'`;

/** JSON without the quote that would end the one of the shell: an issuer may use any character in an id. */
const inQuotes = (value: object) => JSON.stringify(value).replaceAll("'", '\\u0027');

function NewKey({ created: { key, name, tenantId }, onClose }: { created: ApiKeyCreated; onClose: () => void }) {
  const { user } = useMe();
  const command = key ? curl(key, user.id, tenantId) : '';
  return (
    <ShownOnce
      title={t('api_keys.created_done', { name })}
      text={t(key ? 'api_keys.shown_once' : 'api_keys.already_shown')}
      value={key}
      label={t('api_keys.key')}
      copy={t('api_keys.copy')}
      onClose={onClose}
    >
      {key ? (
        <div>
          <Flex wrap justify="space-between" align="center" gap={8}>
            <b>{t('api_keys.try_command')}</b>
            <CopyButton text={command} label={t('api_keys.copy_curl')} />
          </Flex>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keyboard */}
          <pre className="api-key-curl" tabIndex={0}>
            {command}
          </pre>
        </div>
      ) : null}
    </ShownOnce>
  );
}
