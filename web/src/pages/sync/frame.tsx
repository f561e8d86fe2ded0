import './sync.css';
import type { ReactNode } from 'react';
import { t } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Tabs } from '../../ui/page/tabs.tsx';

const TABS = { health: 'sync', events: 'sync/events', runs: 'sync/runs', outbox: 'sync/outbox' } as const;
type Tab = keyof typeof TABS;

/** The tabs of the sync pages. */
export function SyncFrame({ tab, primary, children }: { tab: Tab; primary?: ReactNode; children: ReactNode }) {
  const scope = useTenantScope();
  const tabs = Object.entries(TABS) as [Tab, string][];
  return (
    <>
      <PageHeader title={t('sync.title')} lead={t('sync.lead')} primary={primary} />
      <Tabs
        label={t('sync.title')}
        tabs={tabs.map(([one, path]) => ({
          to: scope.to(path),
          label: t(`sync.tab_${one}`),
          isCurrent: one === tab,
        }))}
      />
      {children}
    </>
  );
}
