import './sync.css';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Tabs } from '../../ui/page/tabs.tsx';

const TABS = { health: 'sync', events: 'sync/events', runs: 'sync/runs', outbox: 'sync/outbox' } as const;
type Tab = keyof typeof TABS;

/** The tabs of the sync pages; without an external identity provider, explains why there are none. */
export function SyncFrame({ tab, primary, children }: { tab: Tab; primary?: ReactNode; children: ReactNode }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const info = useSessionInfo();
  const provider = info?.identityProvider;
  const isAlone = info?.hasDirectory === false;
  const tabs = Object.entries(TABS) as [Tab, string][];
  return (
    <>
      <PageHeader title={t('sync.title')} lead={t('sync.lead')} primary={info?.hasDirectory ? primary : undefined} />
      {isAlone && (provider === 'local' || provider === 'jwt') ? (
        <EmptyState title={t(`sync.no_directory_${provider}_title`)} text={t(`sync.no_directory_${provider}_text`)} />
      ) : null}
      {isAlone ? null : (
        <>
          <Tabs
            label={t('sync.title')}
            tabs={tabs.map(([one, path]) => ({
              to: scope.to(path),
              label: t(`sync.tab_${one}`),
              isCurrent: one === tab,
            }))}
          />
          {info ? children : <ListSkeleton rows={6} columns={3} />}
        </>
      )}
    </>
  );
}
