import './page-header.css';
import type { ReactNode } from 'react';
import { PageTitle } from '../feedback/page-title.tsx';
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

/** The title of a page with its actions. */
export function PageHeader({ title, crumb = title, lead, mark, primary, secondary }: Props) {
  useCrumb(crumb);
  return (
    <header className="page-header">
      {mark}
      <div className="page-header-text">
        <PageTitle title={title} />
        {lead ? <div className="page-lead">{lead}</div> : null}
      </div>
      {secondary ? <div className="page-secondary">{secondary}</div> : null}
      {primary ? <div className="page-primary">{primary}</div> : null}
    </header>
  );
}
