import type { SyncRun } from 'bff/contract';
import { wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { Section } from '../../../ui/page/section.tsx';
import { KINDS, TYPES } from './labels.ts';

const ALWAYS = ['checked', 'missing', 'extra', 'different', 'role'] as const;
const ALL = ['checked', ...KINDS, 'repaired', 'queued'] as const;

/** The counts of a run by object and kind of drift; empty columns are left out. */
export function RunCounts({ run: { counts } }: { run: SyncRun }) {
  const { t } = useI18n();
  const shown = ALL.filter(
    (column) => ALWAYS.some((one) => one === column) || TYPES.some((type) => counts[type][column] > 0),
  );
  return (
    <Section title={t('sync.counts')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, also by keyboard */}
      <div className="run-counts-frame" tabIndex={0}>
        <table className="run-counts">
          <thead>
            <tr>
              <th scope="col">{t('sync.count_object')}</th>
              {shown.map((column) => (
                <th key={column} scope="col">
                  {t(`sync.count_${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {TYPES.map((type) => (
              <tr key={type}>
                <th scope="row">{t(`sync.count_${type}`)}</th>
                {shown.map((column) => (
                  <td key={column} className={counts[type][column] === 0 ? 'run-count-none' : undefined}>
                    {wholeNumber(counts[type][column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
