import './permission-button.css';
import type { ButtonProps } from 'antd';
import { Button, Tooltip } from 'antd';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { t } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { useOptionalScope, usePermission } from '../../providers/tenant/tenant-scope.tsx';

type Props = ButtonProps & {
  permission: PermissionCode;
  /** Another reason why it is disabled. */
  blocked?: string | undefined;
};

/** A button that is disabled with the reason if the permission is missing. It stays focusable for the tooltip. */
export function PermissionButton({ permission, blocked, onClick, ...button }: Props) {
  const { can, reason } = usePermission(permission);
  const why = can ? blocked : reason;
  if (!why) return <Button {...button} onClick={onClick} />;
  return (
    <Tooltip title={can ? why : <Why reason={why} permission={permission} />} trigger={['hover', 'focus', 'click']}>
      <Button
        {...button}
        type="default"
        danger={false}
        aria-disabled="true"
        className="button-blocked"
        aria-description={why}
      />
    </Tooltip>
  );
}

/** The missing permission with a link to its explanation. */
function Why({ reason, permission }: { reason: string; permission: PermissionCode }) {
  const scope = useOptionalScope();
  if (!scope) return reason;
  return (
    <>
      {reason}{' '}
      <Link className="tooltip-link" to={explainPath(scope.base, { permission })}>
        {t('explain.why_short')}
      </Link>
    </>
  );
}
