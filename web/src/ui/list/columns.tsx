import { type MessageKey, t, wholeNumber } from '../../i18n/i18n.ts';
import { Status, type Tone } from '../chips/status-dot.tsx';
import { When } from '../chips/when.tsx';
import type { Column } from './column.ts';

/** The column of a time that the list can be sorted by; the last one. */
export const timeColumn = <K extends string>(field: K, title: string): Column<Record<K, string>> => ({
  title,
  sort: field,
  width: '130px',
  align: 'end',
  narrow: 'named',
  render: (row) => <When at={row[field]} />,
});

/** The column of a status, by its entries of status-labels.ts. */
export const statusColumn = <S extends string>(
  title: string,
  width: string,
  shown: Record<S, { tone: Tone; label: MessageKey }>,
): Column<{ status: S }> => ({ title, width, render: ({ status }) => <Status {...shown[status]} /> });

/** The column of a number; on a phone a plural message, "{n} members". */
export const countColumn = <K extends string>(
  field: K,
  title: string,
  named: MessageKey,
): Column<Record<K, number>> => ({
  title,
  width: '110px',
  render: ({ [field]: count }) => (
    <>
      <span className="wide-only">{wholeNumber(count)}</span>
      <span className="narrow-only">{t(named, { count })}</span>
    </>
  ),
});
