import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { MessagePage } from '../../ui/feedback/message-page.tsx';

/** Signed in without a membership: shows what an administrator needs to invite the user. */
export function NoTenant() {
  const { t } = useI18n();
  const { user } = useMe();
  const note = (
    <dl>
      <dt>{t('shell.no_tenant_email')}</dt>
      <dd>{user.email ?? '—'}</dd>
      <dt>{t('shell.no_tenant_id')}</dt>
      <dd className="mono">{user.id}</dd>
    </dl>
  );
  return <MessagePage title={t('shell.no_tenant_title')} text={t('shell.no_tenant_text')} note={note} />;
}
