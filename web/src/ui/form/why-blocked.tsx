import './permission-button.css';
import { Tooltip } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { t } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';

type Props = {
  why: string;
  /** The missing permission, if that is why. */
  missing: PermissionCode | undefined;
  children: ReactElement;
};

/** Shows why a button is disabled, with a link to the explanation of a missing permission. */
export default function WhyBlocked({ why, missing, children }: Props) {
  const scope = useOptionalScope();
  const link = missing && scope && (
    <Link className="tooltip-link" to={explainPath(scope.base, { permission: missing })}>
      {t('explain.why_short')}
    </Link>
  );
  const title = (
    <>
      {why} {link}
    </>
  );
  return (
    <Tooltip title={title} trigger={['hover', 'focus', 'click']}>
      {children}
    </Tooltip>
  );
}
