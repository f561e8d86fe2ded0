import './page-header.css';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useScopeState } from '../../providers/tenant/tenant-scope.tsx';

type Props = {
  title: string;
  /** One sentence or a few facts below the title. */
  lead?: ReactNode;
  /** Stands before the title: an avatar or a mark. */
  mark?: ReactNode;
  /** The page's one main action: beside the title, and a bar at the bottom on a narrow screen. */
  primary?: ReactNode;
  /** Further actions, quieter. */
  secondary?: ReactNode;
};

/** Title of a page with its actions; also names the browser tab. */
export function PageHeader({ title, lead, mark, primary, secondary }: Props) {
  const { t } = useI18n();
  const scopeState = useScopeState();
  const scope = scopeState.state === 'ready' ? scopeState.scope.name : undefined;
  return (
    <header className="page-header">
      <title>
        {[title, scope, t('app.name')].filter((part, at, all) => part && all.indexOf(part) === at).join(' · ')}
      </title>
      {mark}
      <div className="page-header-text">
        <h1>{title}</h1>
        {lead ? <div className="page-lead">{lead}</div> : null}
      </div>
      {secondary ? <div className="page-secondary">{secondary}</div> : null}
      {primary ? <div className="page-primary">{primary}</div> : null}
    </header>
  );
}
