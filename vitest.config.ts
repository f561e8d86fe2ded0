import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of the server that also pass through a pooler in transaction mode: lists, writes, live updates, jobs and webhooks. */
const THROUGH_POOLER = [
  'bff/src/db/one-sync-pool.test.ts',
  'bff/src/resources/me/live.test.ts',
  'bff/src/resources/audit-logs/audit-logs.test.ts',
  'bff/src/resources/members/bulk.test.ts',
  'bff/src/sync/inbox/webhook.test.ts',
];

/** They take or wait half a minute and more. */
const LONG =
  /e2e\/(accessibility|jwt|recovery|clerk)\.test|\/(outage|decision-parity|noisy-neighbours|backup|limits)\.test/;

/** Starts long tests first, so that none is left to run alone. A fresh clone knows no durations and would order files by their size. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const projects = Map.groupBy(await super.sort(files), ({ project }) => project);
    const isShort = ({ moduleId }: TestSpecification) => Number(!LONG.test(moduleId));
    return [...projects.values()].flatMap((specs) => specs.sort((one, other) => isShort(one) - isShort(other)));
  }
}

/** One run of everything. Tests of the console come last, two files at a time: more would wait for each other on two cores. */
export default defineConfig({
  test: {
    reporters: ['default'],
    // One more than the cores of a small machine: many tests wait for a clock or a lock.
    maxWorkers: 3,
    // Files of a project share processes: loading the server or the console takes two seconds of the processor.
    isolate: false,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'architecture',
          include: ['bff/src/testing/architecture/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'bff',
          include: ['bff/src/**/*.test.ts'],
          exclude: ['bff/src/testing/architecture/*.test.ts'],
          globalSetup: ['bff/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'pooler',
          include: THROUGH_POOLER,
          globalSetup: ['bff/src/testing/pooler-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'prisma',
          include: ['prisma/{backup,embedded,logins,migrate}/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      'web/vitest.config.ts',
      {
        test: {
          name: 'browser',
          include: ['web/e2e/*.test.ts'],
          globalSetup: ['web/e2e/demo-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
        },
      },
    ],
  },
});
