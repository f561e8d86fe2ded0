import { Button } from 'antd';
import type { ApiError } from '../../src/core/api.ts';
import { Avatar } from '../../src/ui/chips/user-chip.tsx';
import { ListSection } from '../../src/ui/page/list-section.tsx';
import { PageHeader } from '../../src/ui/page/page-header.tsx';
import { Details, Loaded, RecordPage } from '../../src/ui/page/record-page.tsx';
import { Section } from '../../src/ui/page/section.tsx';
import { Tabs } from '../../src/ui/page/tabs.tsx';
import type { Entry } from '../entry.ts';
import { each } from '../states.ts';
import { LONG, NAMES } from '../worst-data.ts';
import { errorOf } from './feedback.tsx';

const buttons = { primary: <Button type="primary">Invite member</Button>, secondary: <Button>Export</Button> };
const rows = (some: string[] | undefined, error: ApiError | null = null) => ({ rows: some, error, retry: () => {} });
const LISTS = {
  loading: rows(undefined),
  empty: rows([]),
  one: rows(['Ada Park']),
  many: rows(Object.values(NAMES)),
  failed: rows(undefined, errorOf(500, 'internal_error')),
};
const found = (error: ApiError | null) => ({ record: undefined, error, retry: () => {} });

export const page: Entry[] = [
  {
    name: 'PageHeader',
    states: {
      ...each(NAMES, (title) => <PageHeader title={title} lead={title} {...buttons} />),
      'with a mark': (
        <PageHeader title="Ada Park" mark={<Avatar id="ada" name="Ada Park" imageUrl={null} size="large" />} />
      ),
    },
  },
  {
    name: 'Section',
    states: {
      long: (
        <Section title={LONG} note={LONG} actions={buttons.secondary}>
          Content
        </Section>
      ),
    },
  },
  {
    name: 'ListSection',
    states: each(LISTS, (some) => (
      <ListSection
        title={`Members: ${some.rows?.length ?? some.error?.code ?? 'loading'}`}
        rows={some}
        empty="No members"
      >
        {(name) => <li key={name}>{name}</li>}
      </ListSection>
    )),
  },
  {
    name: 'RecordPage',
    states: {
      long: (
        <RecordPage
          title="Ada Park"
          details={
            <Details
              rows={{ Name: 'Ada Park', Description: LONG, [LONG]: '—' }}
              links={{ 'Check access': '/explain', [LONG]: '/audit', 'Not for you': false }}
            />
          }
        >
          <Section title="Roles">
            <p>Content</p>
          </Section>
        </RecordPage>
      ),
    },
  },
  {
    name: 'Loaded',
    states: {
      loading: <Loaded found={found(null)}>{() => null}</Loaded>,
      failed: <Loaded found={found(errorOf(503, 'unavailable'))}>{() => null}</Loaded>,
    },
  },
  {
    name: 'Tabs',
    states: {
      few: (
        <Tabs
          label="Few views"
          tabs={[
            { to: 'a', label: 'Access', isCurrent: true },
            { to: 'b', label: 'Who', isCurrent: false },
          ]}
        />
      ),
      many: (
        <Tabs
          label="Many views"
          tabs={Array.from({ length: 9 }, (_, at) => ({
            to: `${at}`,
            label: `View number ${at}`,
            isCurrent: at === 4,
          }))}
        />
      ),
    },
  },
];
