import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { blockedIn } from '../../providers/access/permissions.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionTag } from '../chips/permission-tag.tsx';
import { MessagePage } from './message-page.tsx';

/** Names the missing permission and links to who can grant it. */
export function NoPermission({ permission }: { permission: string }) {
  const me = useMe();
  const scope = useOptionalScope();
  return (
    <MessagePage
      title={t('access.page_title')}
      text={
        blockedIn(me, scope?.tenantId) ?? rich('access.page_text', { permission: <PermissionTag code={permission} /> })
      }
      actions={scope ? <Link to={explainPath(scope.base, { permission })}>{t('explain.why_not')}</Link> : null}
    />
  );
}
