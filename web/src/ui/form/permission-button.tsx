import './permission-button.css';
import type { ButtonProps } from 'antd';
import { Button, Tooltip } from 'antd';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { usePermission, useScopeState } from '../../providers/tenant/tenant-scope.tsx';

type Props = ButtonProps & {
  permission: PermissionCode;
  /** Another reason why it cannot be pressed now. */
  blocked?: string | undefined;
};

/** A button for those who may; the others see it greyed, with the reason. Focusable either way, so that the reason can be read. */
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

/** Which permission is missing, and the way to the page that says why and who can give it. */
function Why({ reason, permission }: { reason: string; permission: PermissionCode }) {
  const { t } = useI18n();
  const scopeState = useScopeState();
  if (scopeState.state !== 'ready') return reason;
  return (
    <>
      {reason}{' '}
      <Link className="tooltip-link" to={explainPath(scopeState.scope.base, { permission })}>
        {t('explain.why_short')}
      </Link>
    </>
  );
}
