import { beforeEach, describe, expect, it } from 'vitest';
import { request } from '../../core/api.ts';
import { aMe } from '../../testing/builders.ts';
import { serve } from '../../testing/server.ts';
import { continueSession, followSessionEnd, isAsked, leaveSession } from './renew.ts';
import { clearMe, currentMe, loadMe } from './session.ts';

let isSignedIn: boolean;
let seen: ReturnType<typeof serve>;

beforeEach(async () => {
  clearMe();
  followSessionEnd();
  isSignedIn = true;
  seen = serve(({ url }) => {
    if (!isSignedIn) return { status: 401, body: { code: 'not_signed_in' } };
    return { body: url.pathname === '/api/me' ? aMe() : { done: true } };
  });
  await loadMe();
  isSignedIn = false;
});
const sent = (path: string) => seen.filter(({ url }) => url.pathname === path).length;

describe('a session that ended', () => {
  it('is asked for once, and all requests are repeated after signing in again', async () => {
    const both = Promise.all([request('POST', '/api/admin/x', { body: { a: 1 } }), request('GET', '/api/admin/y')]);
    await expect.poll(isAsked).toBe(true);
    isSignedIn = true;
    await continueSession();
    expect(await both).toEqual([{ done: true }, { done: true }]);
    expect([sent('/api/admin/x'), sent('/api/admin/y')]).toEqual([2, 2]);
    expect(isAsked()).toBe(false);
  });

  it('fails the requests when the user leaves', async () => {
    const lost = request('GET', '/api/admin/y');
    await expect.poll(isAsked).toBe(true);
    leaveSession();
    await expect(lost).rejects.toMatchObject({ statusCode: 401 });
    expect(currentMe()).toBeUndefined();
  });

  it('is not asked for by a request that is final', async () => {
    await expect(request('GET', '/api/me', { isFinal: true })).rejects.toMatchObject({ statusCode: 401 });
    expect(isAsked()).toBe(false);
  });
});
