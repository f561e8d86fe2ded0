import { EventReason } from '../../src/ui/audit/event-reason.tsx';
import { FieldDiff } from '../../src/ui/audit/field-diff.tsx';
import { AuditSummary } from '../../src/ui/audit/summary.tsx';
import { AuditTimeline, TimelineRow } from '../../src/ui/audit/timeline.tsx';
import type { Entry } from '../entry.ts';
import { each } from '../states.ts';
import { CONDITIONS, EVENTS, inDays, LONG, UNBROKEN } from '../worst-data.ts';

const DIFFS = {
  created: [null, { name: 'Billing', isDefault: true, createdAt: inDays(-2) }],
  deleted: [{ name: 'Billing', permissions: ['invoices:read'] }, null],
  lists: [{ permissions: ['invoices:read', 'invoices:write'] }, { permissions: ['invoices:read', 'members:read'] }],
  long: [
    { name: LONG, description: '' },
    { name: UNBROKEN, description: LONG },
  ],
  conditions: [{ conditions: {} }, { conditions: { 'members:invite': CONDITIONS } }],
} as const;

export const audit: Entry[] = [
  { name: 'AuditSummary', states: each(EVENTS, (event) => <AuditSummary event={event} />) },
  { name: 'AuditSummary across tenants', states: each(EVENTS, (event) => <AuditSummary event={event} withTenant />) },
  { name: 'EventReason', states: each(EVENTS, (event) => <EventReason event={event} />) },
  { name: 'FieldDiff', states: each(DIFFS, ([before, after]) => <FieldDiff before={before} after={after} />) },
  {
    name: 'TimelineRow',
    states: each(EVENTS, (event) => (
      <ol className="timeline">
        <TimelineRow event={event} />
      </ol>
    )),
  },
  {
    name: 'AuditTimeline',
    states: {
      many: <AuditTimeline />,
      empty: <AuditTimeline title="Nothing happened" filter={{ subjectId: 'none' }} />,
      loading: <AuditTimeline title="Loads" filter={{ subjectId: 'loading' }} />,
      failed: <AuditTimeline title="Failed" filter={{ subjectId: 'failing' }} />,
    },
  },
];
