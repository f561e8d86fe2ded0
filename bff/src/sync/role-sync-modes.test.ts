import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ClerkCopy } from '../testing/fixtures/clerk-product.ts';
import { aClerkCopy, aRoleSync } from '../testing/fixtures/role-sync.ts';

let copy: ClerkCopy;
beforeAll(async () => {
  copy = await aClerkCopy();
});
afterAll(() => copy.close());

describe.each([
  ['two-way', { toClerk: 'auditor', toUs: ['admin'] }],
  ['push', { toClerk: 'auditor', toUs: ['member'] }],
  ['pull', { toClerk: null, toUs: ['admin'] }],
  ['off', { toClerk: null, toUs: ['member'] }],
] as const)('CLERK_ROLE_SYNC=%s', (mode, expected) => {
  it('syncs roles in its directions only', async () => {
    const asked = copy.stub.requests.length;
    const limited = await aRoleSync(copy, { CLERK_ROLE_SYNC: mode });
    onTestFinished(() => limited.close());
    const [ours, theirs] = [await limited.aPerson(), await limited.aPerson()];
    await limited.give(ours.id, 'auditor');
    limited.stub.instance.setUserMetadata(theirs.id, { public: { role: 'admin' } });
    await limited.until(async () => (await limited.rolesHere(theirs.id)).join() === expected.toUs.join());
    await limited.until(() => limited.roleAtClerk(ours.id) === expected.toClerk);
    await new Promise((resume) => setTimeout(resume, 700));
    expect(await limited.rolesHere(theirs.id)).toEqual(expected.toUs);
    expect(limited.roleAtClerk(ours.id)).toBe(expected.toClerk);
    const writes = limited.stub.requests.slice(asked).filter(({ method }) => method !== 'GET');
    expect(writes).toHaveLength(expected.toClerk ? 1 : 0);
  });
});
