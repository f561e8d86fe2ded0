import type { SyncRun } from 'bff/contract';
import { wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { Section } from '../../../ui/page/section.tsx';
import { KINDS, TYPES } from './labels.ts';

const ALWAYS = ['checked', 'missing', 'extra', 'different', 'role'];
const ALL = ['checked', ...KINDS, 'repaired', 'queued'] as const;

/** The counts of a run, a column per type of object; what never occurred is left out. */
export function RunCounts({ run: { counts } }: { run: SyncRun }) {
  const { t } = useI18n();
  const shown = ALL.filter((row) => ALWAYS.includes(row) || TYPES.some((type) => counts[type][row] > 0));
  return (
    <Section title={t('sync.counts')}>
      <table className="sync-table">
        <thead>
          <tr>
            <th scope="col">{t('sync.drift_kind')}</th>
            {TYPES.map((type) => (
              <th key={type} scope="col">
                {t(`sync.count_${type}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row}>
              <th scope="row">{t(`sync.count_${row}`)}</th>
              {TYPES.map((type) => (
                <td key={type} className={counts[type][row] === 0 ? 'muted' : undefined}>
                  {wholeNumber(counts[type][row])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
