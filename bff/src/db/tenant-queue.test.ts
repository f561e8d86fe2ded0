import { describe, expect, it, vi } from 'vitest';
import { createTenantQueue } from './tenant-queue.ts';

const never = () => new Promise<never>(() => {});

describe('a tenant queue', () => {
  it('runs the work of one tenant in order, and of others beside it', async () => {
    const queue = createTenantQueue();
    const order: string[] = [];
    let finish = () => {};
    const first = queue.run('a', () =>
      new Promise<void>((resolve) => (finish = resolve)).then(() => void order.push('a1')),
    );
    const second = queue.run('a', async () => void order.push('a2'));
    await queue.run('b', async () => void order.push('b'));
    finish();
    await Promise.all([first, second]);
    expect(order).toEqual(['b', 'a1', 'a2']);
  });

  it('goes on after work that failed', async () => {
    const queue = createTenantQueue();
    const failed = queue.run('a', () => Promise.reject(new Error('boom')));
    const after = queue.run('a', async () => 'done');
    await expect(failed).rejects.toThrow('boom');
    expect(await after).toBe('done');
  });

  it('runs as much concurrently as its limits allow, and no more', async () => {
    const queue = createTenantQueue();
    const running: number[] = [];
    const finish: (() => void)[] = [];
    const until = (name: number) => {
      running.push(name);
      return new Promise<void>((resolve) => finish.push(resolve));
    };
    const work = (name: number) => queue.run('a', () => until(name), { concurrency: 2, maxWaiting: 5 });
    const all = [1, 2, 3].map(work);
    await vi.waitFor(() => expect(running).toEqual([1, 2]));
    expect(queue.waiting()).toBe(1);
    finish[0]?.();
    await vi.waitFor(() => expect(running).toEqual([1, 2, 3]));
    for (const end of finish) end();
    await Promise.all(all);
    expect(queue.waiting()).toBe(0);
  });

  it('refuses what waits when the database fails', async () => {
    const queue = createTenantQueue();
    const failing = Promise.withResolvers<never>();
    const first = queue.run('a', () => failing.promise);
    const waiting = Array.from({ length: 5 }, () => queue.run('a', async () => 'done').catch(({ code }) => code));
    failing.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    await expect(first).rejects.toThrow('ECONNREFUSED');
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['unavailable']));
    expect(await queue.run('a', async () => 'done')).toBe('done');
  });

  it('refuses what would wait too long', async () => {
    vi.useFakeTimers();
    const queue = createTenantQueue();
    queue.run('a', never);
    const waiting = Array.from({ length: 20 }, () => queue.run('a', never).catch(({ code }) => code));
    await expect(queue.run('a', never)).rejects.toMatchObject({ code: 'rate_limited' });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['unavailable']));
    vi.useRealTimers();
  });
});
