import type { Me, RoleChoices } from 'bff/contract';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { request } from '../../core/api.ts';
import { refreshMe, useMe } from '../../providers/auth/session.ts';
import { Splash } from '../splash.tsx';
import { ChooseRole } from './choose-role.tsx';

type Choices = RoleChoices['choices'];

const keyOf = (userId: string) => `rolecall.role-asked.${userId}`;

/** Tenants where the user has at most one role, as new members do, and was not asked in this browser. */
function slugsToAsk({ user, memberships }: Me): string[] {
  let asked = '';
  try {
    asked = localStorage.getItem(keyOf(user.id)) ?? '';
  } catch {
    // Without storage the question may repeat; once a role is chosen, the server offers none.
  }
  return memberships
    .filter(({ kind, roles, tenantId }) => kind === 'customer' && roles.length < 2 && !asked.includes(tenantId))
    .map(({ tenantId }) => tenantId);
}

function storeAsked({ user, memberships }: Me) {
  try {
    localStorage.setItem(keyOf(user.id), memberships.map(({ tenantId }) => tenantId).join(' '));
  } catch {
    // Without storage the question may repeat.
  }
}

/** Asks for a self-assignable role, if there are any, before the console opens for the first time. */
export function RoleChoiceGate({ children }: { children: ReactNode }) {
  const me = useMe();
  const [choices, setChoices] = useState<Choices | undefined>(() => (slugsToAsk(me).length > 0 ? undefined : []));
  useEffect(() => {
    if (choices !== undefined) return;
    request<RoleChoices>('GET', '/api/me/role-choices').then(
      ({ choices }) => setChoices(choices),
      () => setChoices([]),
    );
  }, [choices]);
  const isAnswered = choices?.length === 0;
  useEffect(() => {
    if (isAnswered) storeAsked(me);
  }, [isAnswered, me]);

  if (choices === undefined) return <Splash />;
  const [next, ...later] = choices;
  if (!next) return children;
  const choose = async (roleId: string) => {
    await request('POST', '/api/me/role-choice', { body: { tenantId: next.tenant.id, roleId } });
    await refreshMe();
    setChoices(later);
  };
  return <ChooseRole key={next.tenant.id} choice={next} onChoose={choose} onLater={() => setChoices(later)} />;
}
