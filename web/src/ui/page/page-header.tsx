import './page.css';
import type { ReactNode } from 'react';
import { useCrumb } from '../feedback/crumb.ts';
import { PageTitle } from '../feedback/page-title.tsx';

export type HeaderProps = {
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
export function PageHeader({ title, crumb = title, lead, mark, primary, secondary }: HeaderProps) {
  useCrumb(crumb);
  return (
    <header className="page-header row wrap">
      {mark}
      <div className="page-header-text">
        <PageTitle title={title} />
        {lead ? <div className="muted">{lead}</div> : null}
      </div>
      {secondary ? <div className="row wrap">{secondary}</div> : null}
      {primary ? <div className="page-primary bottom-bar">{primary}</div> : null}
    </header>
  );
}
