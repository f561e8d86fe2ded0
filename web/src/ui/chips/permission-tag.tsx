import { partsOfCode } from 'bff/contract';
import './chips.css';

/** A permission code in monospace. */
export function PermissionTag({ code }: { code: string }) {
  const { resource, action } = partsOfCode(code);
  return (
    <code className="permission-tag" translate="no">
      {resource}
      <span>:</span>
      {action}
    </code>
  );
}
