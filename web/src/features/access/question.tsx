import './question.css';
import type { ReactNode } from 'react';
import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { ScopeOf, useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { TenantSelect } from './tenant-select.tsx';
import { PLATFORM, useAskedTenant } from './use-asked-tenant.ts';

type Props = {
  state: ListState;
  /** The user in question. */
  userId?: string | undefined;
  /** Selects the user. */
  user?: ReactNode;
  /** Selects what is asked about the tenant. */
  what?: ReactNode;
  /** The answer. */
  children: ReactNode;
};

/** A question about access: user, on the platform also the tenant, permission; then its answer, in the scope of that tenant. */
export function Question(props: Props) {
  const scope = useTenantScope();
  if (scope.kind === 'platform') return <PlatformQuestion {...props} />;
  return (
    <>
      <div className="question">
        {props.user}
        {props.what}
      </div>
      {props.children}
    </>
  );
}

/** Staff ask about any tenant; the platform itself is one of them, whose members are the staff. */
function PlatformQuestion({ state, userId, user, what, children }: Props) {
  const { asked, choices, isLoading } = useAskedTenant(state, userId);
  const choose = (tenant: string | undefined) => state.set({ tenant });
  const inside = (part: ReactNode) =>
    asked === PLATFORM ? (
      part
    ) : asked ? (
      // What was found in another tenant does not stay.
      <ScopeOf key={asked.id} tenant={asked}>
        {part}
      </ScopeOf>
    ) : null;
  return (
    <>
      <div className="question">
        {user}
        <TenantSelect asked={asked} choices={choices} onChange={choose} />
        {inside(what)}
      </div>
      {isLoading ? <ListSkeleton rows={4} columns={2} /> : null}
      {asked || isLoading ? null : (
        <EmptyState
          title={t('explain.choose_tenant')}
          text={t(choices.length > 0 ? 'explain.choose_tenant_text' : 'explain.no_tenants')}
          action={choices.map(({ id, name }) => (
            <button key={id} type="button" className="text-button" onClick={() => choose(id)}>
              {name}
            </button>
          ))}
        />
      )}
      {inside(children)}
    </>
  );
}
