import type { ButtonProps } from 'antd';
import { Button, Tooltip } from 'antd';
import type { PermissionCode } from '../providers/permissions.ts';
import { usePermission } from '../providers/place.tsx';

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
    <Tooltip title={why}>
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
