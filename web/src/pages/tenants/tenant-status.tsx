import { Input } from 'antd';
import type { TenantDetail } from 'bff/contract';
import { useState } from 'react';
import { formatList, wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { userName } from '../../ui/chips/user-name.ts';
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx';
import { Field } from '../../ui/form/field.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';

/** Above this many members, suspending asks to type the slug. */
const MANY = 20;

/** Suspends or reactivates a tenant. */
export function TenantStatusButton({ tenant }: { tenant: TenantDetail }) {
  const { t } = useI18n();
  const { send } = useChange();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { id, name, slug, version, activeMemberCount } = tenant;
  const isOpen = tenant.status === 'active' || tenant.status === 'trialing';
  const step = isOpen ? 'suspend' : 'reactivate';
  const mustType = isOpen && activeMemberCount > MANY;

  const change = (reason: string | undefined) =>
    send({
      method: 'patch',
      path: `tenants/${id}`,
      version,
      body: { status: isOpen ? 'suspended' : 'active', ...(reason ? { reason } : {}) },
      done: t(isOpen ? 'tenants.suspended' : 'tenants.reactivated', { name }),
    });
  const close = () => {
    setOpen(false);
    setTyped('');
  };

  return (
    <>
      <PermissionButton permission="tenants:update" danger={isOpen} onClick={() => setOpen(true)}>
        {t(`tenants.${step}_short`)}
      </PermissionButton>
      <ConfirmDialog
        open={open}
        title={t(`tenants.${step}_title`, { name })}
        action={t(`tenants.${step}_title`, { name })}
        danger={isOpen}
        withReason
        ready={!mustType || typed.trim() === slug}
        onConfirm={change}
        onClose={close}
      >
        {isOpen ? (
          <AffectedMembers tenant={tenant} />
        ) : (
          t('tenants.reactivate_text', { count: activeMemberCount, n: wholeNumber(activeMemberCount), name })
        )}
        {mustType ? (
          <div className="tenant-confirm">
            <Field label={t('tenants.suspend_type', { slug })}>
              {(control) => (
                <Input
                  {...control}
                  className="mono"
                  value={typed}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => setTyped(event.target.value)}
                />
              )}
            </Field>
          </div>
        ) : null}
      </ConfirmDialog>
    </>
  );
}

/** The members who lose access on suspension: the first by name, the rest as a count. */
function AffectedMembers({ tenant }: { tenant: TenantDetail }) {
  const { t } = useI18n();
  const { id, name } = tenant;
  const { rows } = useRows<'members'>(`tenants/${id}/members`, {
    fixed: { status: 'active' },
    sort: 'name',
    limit: 5,
  });
  const count = tenant.activeMemberCount;
  if (count === 0) return t('tenants.suspend_no_members');
  const shown = (rows ?? []).map(({ user }) => userName(user));
  const more = count - shown.length;
  return (
    <>
      <p>
        <strong>{t('tenants.suspend_affected', { count, n: wholeNumber(count), name })}</strong>{' '}
        {shown.length > 0 && more > 0 ? `${shown.join(', ')} ` : formatList(shown)}
        {more > 0 ? t('tenants.suspend_more', { count: more, n: wholeNumber(more) }) : null}
      </p>
      <p className="tenant-keeps">{t('tenants.suspend_text')}</p>
    </>
  );
}
