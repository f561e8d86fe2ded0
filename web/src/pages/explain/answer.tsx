import { Alert } from 'antd';
import type { AccessExplanation } from 'bff/contract';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useMe } from '../../providers/auth/session.ts';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import './explain.css';
import { AccessPath } from './access-path.tsx';
import { MissingStep } from './missing-step.tsx';
import { Remedy } from './remedy.tsx';

type Props = { explanation: AccessExplanation; at?: string };

/** Allowed or denied in one line; then the paths to the permission, or the step that is missing; then who can help. */
export function Answer({ explanation, at }: Props) {
  const me = useMe();
  const { allowed, permission, user, tenant, paths, missing } = explanation;
  const name = userName(user, 'explain.unknown_user');
  const params = {
    user: <strong>{name}</strong>,
    permission: <PermissionTag code={permission.code} />,
    tenant: tenant.name,
    when: at ? shortTime(at) : '',
  };
  const verdict = `${allowed ? 'allowed' : 'denied'}${at ? '_then' : ''}` as const;
  return (
    <>
      <Alert
        className="access-verdict"
        role="status"
        type={allowed ? 'success' : 'error'}
        message={rich(user.id === me.user.id ? `explain.${verdict}_you` : `explain.${verdict}`, params)}
        description={
          permission.description
            ? permissionLabel({ code: permission.code, description: permission.description })
            : undefined
        }
      />
      {paths.length > 1 ? <p className="muted">{t('explain.grant_paths', { count: paths.length })}</p> : null}
      {paths.map((path) => (
        <AccessPath key={`${path.via} ${path.role.id}`} path={path} explanation={explanation} name={name} />
      ))}
      {missing ? <MissingStep missing={missing} explanation={explanation} name={name} /> : null}
      {missing && !at ? <Remedy missing={missing} explanation={explanation} name={name} /> : null}
    </>
  );
}
