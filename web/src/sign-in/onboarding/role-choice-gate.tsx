import type { Me, RoleChoices } from 'bff/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { request } from '../../core/api.ts';
import { readStored, store } from '../../core/browser-storage.ts';
import { t } from '../../i18n/i18n.ts';
import { refreshMe, useMe } from '../../providers/auth/session.ts';
import { EntryButton, FormError, useSubmit } from '../fields.tsx';
import { Frame, Splash } from '../frame.tsx';

type Choices = RoleChoices['choices'];

/** Tenants that were asked about in this browser. Without storage the question may repeat, until a role is chosen. */
const keyOf = ({ user }: Me) => `rolecall.role-asked.${user.id}`;

/** Whether a tenant was not asked about where the user has at most one role, as new members do. Owners lack nothing. */
function isToBeAsked(me: Me): boolean {
  const asked = readStored(keyOf(me));
  return me.memberships
    .filter(({ kind, roles }) => kind === 'customer' && roles.length < 2 && roles[0]?.key !== 'owner')
    .some(({ tenantId }) => !(Array.isArray(asked) && asked.includes(tenantId)));
}

/** Asks for a self-assignable role, if there are any, before the console opens for the first time. */
export function RoleChoiceGate({ children }: { children: ReactNode }) {
  const me = useMe();
  const [choices, setChoices] = useState<Choices | undefined>(() => (isToBeAsked(me) ? undefined : []));
  useEffect(() => {
    if (choices !== undefined) return;
    request<RoleChoices>('GET', '/api/me/role-choices').then(
      ({ choices }) => setChoices(choices),
      () => setChoices([]),
    );
  }, [choices]);
  const isAnswered = choices?.length === 0;
  useEffect(() => {
    if (isAnswered)
      store(
        keyOf(me),
        me.memberships.map(({ tenantId }) => tenantId),
      );
  }, [isAnswered, me]);

  if (choices === undefined) return <Splash />;
  const [next, ...later] = choices;
  return next ? <ChooseRole key={next.tenant.id} choice={next} onDone={() => setChoices(later)} /> : children;
}

/** Lets the user choose one of a tenant's self-assignable roles. */
function ChooseRole({ choice: { tenant, roles }, onDone }: { choice: Choices[number]; onDone: () => void }) {
  const [roleId, setRoleId] = useState(roles.find(({ isDefault }) => isDefault)?.id);
  const { busy, failure, submit } = useSubmit(async () => {
    await request('POST', '/api/me/role-choice', { body: { tenantId: tenant.id, roleId } });
    await refreshMe();
    onDone();
  });
  return (
    <Frame title={t('role_choice.title', { tenant: tenant.name })} lead={t('role_choice.lead')}>
      <form className="entry-form" onSubmit={submit}>
        <fieldset className="entry-options">
          <legend className="visually-hidden">{t('role_choice.legend')}</legend>
          {roles.map(({ id, name, description }) => (
            <label key={id} className="entry-option">
              <input type="radio" name="role" value={id} checked={id === roleId} onChange={() => setRoleId(id)} />
              <span>
                <strong>{name}</strong>
                {description ? <span className="muted">{description}</span> : null}
              </span>
            </label>
          ))}
        </fieldset>
        <FormError>{failure}</FormError>
        <EntryButton type="submit" disabled={busy || !roleId}>
          {busy ? t('role_choice.choosing') : t('role_choice.choose')}
        </EntryButton>
        <EntryButton plain disabled={busy} onClick={onDone}>
          {t('role_choice.later')}
        </EntryButton>
      </form>
    </Frame>
  );
}
