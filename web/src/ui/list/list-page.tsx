import type { ReactNode } from 'react';
import { type HeaderProps, PageHeader } from '../page/page-header.tsx';
import { DataList, type ListProps } from './data-list.tsx';

type Props<T> = Omit<ListProps<T>, 'label'> & Omit<HeaderProps, 'crumb' | 'mark'> & { above?: ReactNode };

/** A page that is one list. */
export function ListPage<T extends { id: string }>({ title, lead, primary, secondary, above, ...list }: Props<T>) {
  return (
    <>
      <PageHeader title={title} lead={lead} primary={primary} secondary={secondary} />
      {above}
      <DataList label={title} {...list} />
    </>
  );
}
