import './permission-tag.css';

/** A permission code in monospace. */
export function PermissionTag({ code }: { code: string }) {
  const [resource = '', action = ''] = code.split(':');
  return (
    <code className="permission-tag" translate="no">
      {resource}
      <span>:</span>
      {action}
    </code>
  );
}
