import { Button } from 'antd';
import type { ApiKeyCreated } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { CopyButton } from '../../ui/form/copy-button.tsx';

/** A check that is true for the user, so that its answer proves that the key works. */
const curl = (key: string, userId: string, tenantId: string) => `curl ${location.origin}/api/access/check \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify({ checks: [{ userId, tenantId, permission: 'members:read' }] })}'`;

/** The key is not stored and cannot be shown again. */
export function NewKey({ created, onClose }: { created: ApiKeyCreated; onClose: () => void }) {
  const { t } = useI18n();
  const me = useMe();
  const { key, tenantId } = created;
  const command = key ? curl(key, me.user.id, tenantId) : '';
  return (
    <>
      <p className="dialog-text">{t(key ? 'api_keys.shown_once' : 'api_keys.already_shown')}</p>
      {key ? (
        <>
          <div className="api-key-new">
            <input readOnly aria-label={t('api_keys.key')} value={key} onFocus={(event) => event.target.select()} />
            <CopyButton text={key} label={t('api_keys.copy')} primary />
          </div>
          <div className="api-key-try">
            <h3>{t('api_keys.try_command')}</h3>
            <CopyButton text={command} label={t('api_keys.copy_curl')} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keyboard */}
          <pre className="api-key-curl" tabIndex={0}>
            {command}
          </pre>
        </>
      ) : null}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.done')}</Button>
      </div>
    </>
  );
}
