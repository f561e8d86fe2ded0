import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ClerkProduct } from '../testing/fixtures/clerk-product.ts';
import { startRoleSync, startRoleSyncProduct } from '../testing/fixtures/role-sync.ts';

let product: ClerkProduct;
beforeAll(async () => {
  product = await startRoleSyncProduct();
});
afterAll(() => product.close());

describe.each([
  ['two-way', { toClerk: 'auditor', toUs: ['admin'] }],
  ['push', { toClerk: 'auditor', toUs: ['member'] }],
  ['pull', { toClerk: null, toUs: ['admin'] }],
  ['off', { toClerk: null, toUs: ['member'] }],
] as const)('CLERK_ROLE_SYNC=%s', (mode, expected) => {
  it('syncs roles in its directions only', async () => {
    const requestsBefore = product.stub.requests.length;
    const limited = await startRoleSync(product, { CLERK_ROLE_SYNC: mode });
    onTestFinished(() => limited.close());
    const [ours, theirs] = [await limited.createUser(), await limited.createUser()];
    await limited.assignRole(ours.id, 'auditor');
    limited.stub.instance.setUserMetadata(theirs.id, { public: { role: 'admin' } });
    await limited.waitUntil(async () => (await limited.localRoles(theirs.id)).join() === expected.toUs.join());
    await limited.waitUntil(() => limited.roleAtClerk(ours.id) === expected.toClerk);
    await new Promise((resume) => setTimeout(resume, 700));
    expect(await limited.localRoles(theirs.id)).toEqual(expected.toUs);
    expect(limited.roleAtClerk(ours.id)).toBe(expected.toClerk);
    const writes = limited.stub.requests.slice(requestsBefore).filter(({ method }) => method !== 'GET');
    expect(writes).toHaveLength(expected.toClerk ? 1 : 0);
  });
});
