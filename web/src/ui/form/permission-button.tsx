import type { ButtonProps } from 'antd';
import { Button } from 'antd';
import { Suspense } from 'react';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { usePermission } from '../../providers/tenant/tenant-scope.tsx';
import { lazyPart } from '../feedback/lazy.tsx';

type Props = ButtonProps & {
  permission: PermissionCode;
  /** Another reason why it is disabled. */
  blocked?: string | undefined;
};

const WhyBlocked = lazyPart(() => import('./why-blocked.tsx'));

/** A button that is disabled with the reason if the permission is missing. It stays focusable for the tooltip. */
export function PermissionButton({ permission, blocked, onClick, ...button }: Props) {
  const { can, reason } = usePermission(permission);
  const why = can ? blocked : reason;
  if (!why) return <Button {...button} onClick={onClick} />;
  const disabled = (
    <Button
      {...button}
      type="default"
      danger={false}
      aria-disabled="true"
      className="button-blocked"
      aria-description={why}
    />
  );
  return (
    <Suspense fallback={disabled}>
      <WhyBlocked why={why} missing={can ? undefined : permission}>
        {disabled}
      </WhyBlocked>
    </Suspense>
  );
}
