import type { SyncRun } from 'database/client';
import { type Counts, type TypeCounts, zeroCounts } from './drift/drift.ts';
import type { Progress } from './run.ts';

/** Seconds until the phase is over; null while nobody can tell. */
export function etaSeconds({ processed = 0, total = null, rate = null }: Partial<Progress>): number | null {
  if (total === null || rate === null || rate <= 0) return null;
  return Math.ceil(Math.max(0, total - processed) / rate);
}

/** A running run in one line. */
export function progressLine({ progress, error, waitingUntil }: SyncRun): string {
  const now = progress as Partial<Progress>;
  const { phase = 'users', processed = 0, total = null, rate = null } = now;
  const eta = etaSeconds(now);
  const share = total ? ` of ${total} (${Math.min(100, Math.floor((processed * 100) / total))} %)` : '';
  const pace = rate === null ? '' : `, ${rate}/s`;
  const waits = waitingUntil && error ? `, waiting: ${error}` : '';
  return `${phase}: ${processed}${share}${pace}${eta === null ? '' : `, ${eta} s left`}${waits}`;
}

const HEADINGS: [keyof TypeCounts, string][] = [
  ['missing', 'missing here'],
  ['extra', 'gone there'],
  ['different', 'different'],
  ['role', 'another role'],
  ['unreadable', 'unreadable'],
  ['queued', 'sent on'],
  ['repaired', 'repaired'],
];

/** What a run that has ended found. */
export function summaryLines({ id, kind, mode, status, error, result, startedAt, finishedAt }: SyncRun): string[] {
  const counts: Counts = { ...zeroCounts(), ...(result as Partial<Counts> | null) };
  const seconds = finishedAt ? ((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1) : '?';
  return [
    `${kind} (${mode}) ${status} after ${seconds} s: ${id}`,
    ...(error ? [error] : []),
    ...Object.entries(counts).map(([type, typeCounts]) => {
      const found = HEADINGS.filter(([key]) => typeCounts[key] > 0).map(
        ([key, heading]) => `${typeCounts[key]} ${heading}`,
      );
      return `  ${type.padEnd(13)}${typeCounts.checked} compared${found.length > 0 ? `: ${found.join(', ')}` : ', all agree'}`;
    }),
  ];
}
