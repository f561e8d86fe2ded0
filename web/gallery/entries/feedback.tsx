import { Button } from 'antd';
import { ApiError } from '../../src/core/api.ts';
import { LoadError } from '../../src/core/load.ts';
import { RequestId } from '../../src/ui/feedback/copy-button.tsx';
import { EmptyState } from '../../src/ui/feedback/empty-state.tsx';
import { ErrorState } from '../../src/ui/feedback/error-state.tsx';
import { PageFailure } from '../../src/ui/feedback/lazy.tsx';
import { MessagePage } from '../../src/ui/feedback/message-page.tsx';
import { NoPermission } from '../../src/ui/feedback/no-permission.tsx';
import { NotFound } from '../../src/ui/feedback/not-found.tsx';
import { Note } from '../../src/ui/feedback/note.tsx';
import { PageTitle } from '../../src/ui/feedback/page-title.tsx';
import { ListSkeleton } from '../../src/ui/feedback/skeleton.tsx';
import type { Entry } from '../entry.ts';
import { each } from '../states.ts';
import { LONG, NAMES } from '../worst-data.ts';

export const errorOf = (status: number, code: string, more = {}) =>
  new ApiError({ status, code, requestId: '01935c00-0000-7000-8000-0000000000a1', ...more });
const ERRORS = {
  internal: errorOf(500, 'internal_error'),
  unavailable: errorOf(503, 'unavailable'),
  offline: new ApiError({ status: 0, code: 'offline' }),
  'too slow': errorOf(503, 'query_timeout'),
  denied: errorOf(403, 'forbidden', { permission: 'members:read' }),
  missing: errorOf(404, 'not_found'),
  invalid: errorOf(422, 'validation_failed', { errors: { permission: ['unknown_permission'] } }),
};

export const feedback: Entry[] = [
  {
    name: 'EmptyState',
    states: {
      'with a next step': (
        <EmptyState
          title="No invitations yet"
          text="Invite the first member."
          action={<Button>Invite member</Button>}
        />
      ),
      'nothing found': <EmptyState isSearch title="No results" text="No member matches these filters." />,
      long: <EmptyState title={LONG} text={`${LONG} `.repeat(3)} />,
    },
  },
  { name: 'ErrorState', states: each(ERRORS, (error) => <ErrorState error={error} onRetry={() => {}} />) },
  { name: 'NoPermission', states: { usual: <NoPermission permission="audit:read" /> } },
  { name: 'NotFound', states: { usual: <NotFound /> } },
  {
    name: 'MessagePage',
    states: { long: <MessagePage title={LONG} text={LONG} actions={<Button>Try again</Button>} note={LONG} /> },
  },
  {
    name: 'Note',
    states: each({ neutral: 'neutral', warn: 'warn', bad: 'bad' } as const, (tone) => <Note tone={tone}>{LONG}</Note>),
  },
  {
    name: 'PageFailure',
    states: each({ broken: new TypeError(), missing: new LoadError(false), outdated: new LoadError(true) }, (error) => (
      <PageFailure error={error} onRetry={() => {}} />
    )),
  },
  { name: 'PageTitle', states: each(NAMES, (name) => <PageTitle title={name} />) },
  { name: 'RequestId', states: { usual: <RequestId id="01935c00-0000-7000-8000-0000000000a1" /> } },
  { name: 'ListSkeleton', states: { loading: <ListSkeleton rows={3} columns={4} /> } },
];
