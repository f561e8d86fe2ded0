import { wholeNumber } from '../../i18n/i18n.ts';
import '../../ui/audit/audit.css';
import './sync.css';
import type { ReactNode } from 'react';

type Props = { head: string[]; rows: { key: string; label: ReactNode; numbers: number[] }[] };

/** Rows of numbers, each with a label. */
export function NumberTable({ head, rows }: Props) {
  return (
    <table className="field-diff number-table numeric">
      <thead>
        <tr>
          {head.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, numbers }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            {numbers.map((number, index) => (
              <td key={head[index + 1]} className={number === 0 ? 'muted' : undefined}>
                {wholeNumber(number)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
