import './page-header.css';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { useCrumb } from './crumb.ts';

type Props = {
  title: string;
  /** The name in the breadcrumb, if it is not the title. */
  crumb?: string;
  /** Text below the title. */
  lead?: ReactNode;
  /** An avatar or a mark before the title. */
  mark?: ReactNode;
  /** The primary action: beside the title, or a bar at the bottom of a narrow screen. */
  primary?: ReactNode;
  /** Secondary actions. */
  secondary?: ReactNode;
};

/** The title of a page with its actions; also sets the document title. */
export function PageHeader({ title, crumb = title, lead, mark, primary, secondary }: Props) {
  const { t } = useI18n();
  const scope = useOptionalScope();
  useCrumb(crumb);
  return (
    <header className="page-header">
      <title>
        {[title, scope?.name, t('app.name')].filter((part, at, all) => part && all.indexOf(part) === at).join(' · ')}
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
