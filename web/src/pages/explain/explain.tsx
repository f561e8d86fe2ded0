import './explain.css';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/place.tsx';
import { useMe } from '../../providers/session.ts';
import { Loaded } from '../../ui/detail-layout.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { explainAddress } from '../../ui/explain-address.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PersonSelect } from '../../ui/person-select.tsx';
import type { ListState } from '../../ui/use-list-state.ts';
import { useListState } from '../../ui/use-list-state.ts';
import { Answer } from './answer.tsx';
import { Holders } from './holders.tsx';
import { PermissionSelect } from './permission-select.tsx';
import { ResourceField } from './resource-field.tsx';
import { useExplanation } from './use-access.ts';

/** "May she do that here, and why?", and the other way round: "who may do that here?" */
export default function ExplainPage() {
  const { t } = useI18n();
  const place = usePlace();
  const state = useListState({ filters: ['userId', 'permission', 'view', 'resource'] });
  const mayAskAboutOthers = place.may('access:explain').can;
  const { userId, permission, resource } = state.filters;
  const asksWho = mayAskAboutOthers && state.filters.view === 'who';
  const tab = (view: 'who' | undefined, label: string) => (
    <Link
      to={explainAddress(place.base, { userId, permission, resource, ...(view ? { view } : {}) })}
      aria-current={asksWho === (view === 'who') ? 'page' : undefined}
    >
      {label}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={t('explain.title')}
        lead={t(mayAskAboutOthers ? 'explain.lead' : 'explain.lead_own', { tenant: place.name })}
      />
      {mayAskAboutOthers ? (
        <nav className="explain-tabs" aria-label={t('explain.title')}>
          {tab(undefined, t('explain.tab_why'))}
          {tab('who', t('explain.tab_who'))}
        </nav>
      ) : null}
      {asksWho ? (
        <>
          <div className="explain-question">
            <PermissionSelect value={permission} onChange={(code) => state.set({ permission: code })} />
          </div>
          <AboutResource state={state} />
          <Holders permission={permission} state={state} />
        </>
      ) : (
        <Why state={state} mayAskAboutOthers={mayAskAboutOthers} />
      )}
    </>
  );
}

function Why({ state, mayAskAboutOthers }: { state: ListState; mayAskAboutOthers: boolean }) {
  const { t } = useI18n();
  const me = useMe();
  const { permission, resource } = state.filters;
  const userId = (mayAskAboutOthers ? state.filters.userId : undefined) ?? me.user.id;
  const found = useExplanation(userId, permission, resource);
  const known = [me.user, ...(found.record ? [found.record.user] : [])].filter(({ id }) => id === userId);
  return (
    <>
      <div className="explain-question">
        {mayAskAboutOthers ? (
          <PersonSelect
            label={t('explain.person')}
            placeholder={t('explain.person')}
            value={userId}
            known={known}
            onChange={(next) => state.set({ userId: next })}
          />
        ) : null}
        <PermissionSelect value={permission} onChange={(code) => state.set({ permission: code })} />
      </div>
      <AboutResource state={state} />
      {permission ? (
        <Loaded found={found}>{(explanation) => <Answer explanation={explanation} />}</Loaded>
      ) : (
        <EmptyState title={t('explain.ask')} text={t('explain.ask_text')} />
      )}
    </>
  );
}

function AboutResource({ state }: { state: ListState }) {
  const { permission, resource } = state.filters;
  if (!permission) return null;
  return <ResourceField key={resource} resource={resource} onAsk={(next) => state.set({ resource: next })} />;
}
