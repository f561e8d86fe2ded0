import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const readiness = () => harness.anonymous('GET', '/readyz');
const afterCache = () => new Promise((resume) => setTimeout(resume, 1_100));

describe('GET /readyz', () => {
  it('reports what is there, in one query for all calls of a second', async () => {
    const query = vi.spyOn(harness.services.db.server, '$queryRaw');
    const answers = await Promise.all(Array.from({ length: 150 }, readiness));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers[0]?.body).toMatchObject({
      status: 'ready',
      missing: [],
      database: true,
      schema: true,
      writable: true,
    });
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
  });

  it('probes the disk after a write failed because it was full', async () => {
    const { db } = harness.services;
    const probe = vi.spyOn(db.server, '$executeRaw').mockRejectedValueOnce(new Error('could not extend file'));
    db.isFull = true;
    await afterCache();
    expect(await readiness()).toMatchObject({ status: 503, body: { missing: ['writable'] } });
    await afterCache();
    expect(await readiness()).toMatchObject({ status: 200, body: { missing: [] } });
    expect(db.isFull).toBe(false);
    probe.mockRestore();
  });

  it('names an unreachable database', async () => {
    const broken = await startHarness({ DATABASE_URL: 'postgres://owner:none@127.0.0.1:1/none' });
    expect(await broken.anonymous('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { missing: ['database', 'schema', 'writable', 'partitions'] },
    });
    await broken.close();
  });
});
