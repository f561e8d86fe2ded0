import './answer.css';
import type { AccessExplanation } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { Section } from '../../ui/page/section.tsx';
import { Denial } from './denial.tsx';
import { PathDiagram } from './path-diagram.tsx';
import { useUserName } from './use-user-name.ts';

/** Allowed or denied in one line; then every grant path, or what is missing. */
export function Answer({ explanation }: { explanation: AccessExplanation }) {
  const { t, rich } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const { allowed, permission, user, paths } = explanation;
  const name = useUserName(user);
  const isSelf = user.id === me.user.id;
  const params = {
    user: <strong>{name}</strong>,
    permission: <PermissionTag code={permission.code} />,
    tenant: scope.name,
  };
  const sentence = isSelf
    ? rich(allowed ? 'explain.allowed_you' : 'explain.denied_you', params)
    : rich(allowed ? 'explain.allowed' : 'explain.denied', params);
  const meaning = permission.description
    ? permissionLabel({ code: permission.code, description: permission.description })
    : undefined;
  return (
    <>
      <div className={`explain-answer explain-${allowed ? 'allowed' : 'denied'}`} role="status">
        <p>{sentence}</p>
        {meaning ? <p className="muted">{meaning}</p> : null}
      </div>
      {paths.length > 0 ? (
        <Section
          title={t('explain.reason')}
          note={paths.length > 1 ? t('explain.grant_paths', { count: paths.length }) : undefined}
        >
          {paths.map((path) => (
            <PathDiagram key={`${path.via} ${path.role.id}`} path={path} explanation={explanation} name={name} />
          ))}
        </Section>
      ) : null}
      {explanation.missing ? <Denial explanation={explanation} missing={explanation.missing} name={name} /> : null}
    </>
  );
}
