import type { SyncRun } from '@rolecall/prisma/client';
import { type Counts, type TypeCounts, zeroCounts } from './drift/drift.ts';
import type { Progress } from './run.ts';

/** Seconds until the phase ends; null while unknown. */
export function etaSeconds({ processed = 0, total = null, rate = null }: Partial<Progress>): number | null {
  if (total === null || rate === null || rate <= 0) return null;
  return Math.ceil(Math.max(0, total - processed) / rate);
}

/** Describes a running run in one line. */
export function progressLine({ progress, error, waitingUntil }: SyncRun): string {
  const now = progress as Partial<Progress>;
  const { phase = 'users', processed = 0, total = null, rate = null } = now;
  const eta = etaSeconds(now);
  const share = total ? ` of ${total} (${Math.min(100, Math.floor((processed * 100) / total))} %)` : '';
  const pace = rate === null ? '' : `, ${rate}/s`;
  const wait = waitingUntil && error ? `, waiting: ${error}` : '';
  return `${phase}: ${processed}${share}${pace}${eta === null ? '' : `, ${eta} s left`}${wait}`;
}

const HEADINGS: [keyof TypeCounts, string][] = [
  ['missing', 'missing here'],
  ['extra', 'missing at the provider'],
  ['different', 'different'],
  ['role', 'with another role'],
  ['unreadable', 'unreadable'],
  ['queued', 'queued'],
  ['repaired', 'repaired'],
];

/** Describes the result of a run that has ended. */
export function summaryLines({ id, kind, mode, status, error, result, startedAt, finishedAt }: SyncRun): string[] {
  const counts: Counts = { ...zeroCounts(), ...(result as Partial<Counts> | null) };
  const seconds = finishedAt ? ((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1) : '?';
  return [
    `${kind} (${mode}) ${status} after ${seconds} s: ${id}`,
    ...(error ? [error] : []),
    ...Object.entries(counts).map(([type, typeCounts]) => {
      const differences = HEADINGS.filter(([key]) => typeCounts[key] > 0).map(
        ([key, heading]) => `${typeCounts[key]} ${heading}`,
      );
      return `  ${type.padEnd(13)}${typeCounts.checked} compared${differences.length > 0 ? `: ${differences.join(', ')}` : ', no drift'}`;
    }),
  ];
}
