import { loginUrl } from '@rolecall/prisma/logins';
import { withClient } from '@rolecall/prisma/with-client';
import { v7 as uuid } from 'uuid';
import { expect, inject, it } from 'vitest';
import { fillDerivedColumns } from './derived-columns.ts';
import { aMember, aTenant, aUser } from './testing/fixtures/builders.ts';
import { harnessForThisTest } from './testing/fixtures/harness.ts';

it('gives the rows of an older version what lists search and compare, once', async () => {
  const harness = await harnessForThisTest({});
  const tag = uuid().slice(-12);
  const user = await aUser(harness, { name: `Łukasz ${tag}` });
  const tenant = await aTenant(harness, { name: `Groß ${tag}`, owner: user });
  const other = await aUser(harness);
  await aMember(harness, tenant, other, 'member');
  const id = user.id;
  const before = await columns();
  const asSync = (sql: string, values: string[]) =>
    withClient(loginUrl(inject('ownerUrl'), 'sync'), (client) => client.query(sql, values));
  await asSync(`UPDATE "user" SET email_key = NULL, sort_name = $2, search_text = $2 WHERE id = $1`, [
    id,
    `łukasz ${tag}`,
  ]);
  await asSync(`UPDATE membership SET sort_name = $2, search_text = $2 WHERE user_id = $1`, [id, `łukasz ${tag}`]);
  await asSync(`UPDATE audit_subject SET search_text = '' WHERE user_id = $1`, [id]);
  await asSync(`UPDATE tenant SET search_text = '' WHERE id = $1::uuid`, [tenant.id]);
  await asSync(`UPDATE role SET search_text = '' WHERE tenant_id = $1::uuid`, [tenant.id]);
  expect(await columns()).not.toEqual(before);

  await fillDerivedColumns({ ownerUrl: inject('ownerUrl') });
  expect(await columns()).toEqual(before);
  await fillDerivedColumns({ ownerUrl: inject('ownerUrl') });
  expect(await columns()).toEqual(before);

  async function columns() {
    const { sync } = harness.services.db;
    const where = { userId: user.id };
    return {
      user: await sync.user.findFirstOrThrow({ where: { id: user.id }, omit: { updatedAt: true } }),
      members: await sync.membership.findMany({ where, select: { sortName: true, searchText: true } }),
      subjects: await sync.auditSubject.findMany({ where, select: { searchText: true } }),
      tenant: await sync.tenant.findMany({ where: { id: tenant.id }, select: { searchText: true } }),
      roles: await sync.role.findMany({
        where: { tenantId: tenant.id },
        select: { searchText: true },
        orderBy: { id: 'asc' },
      }),
    };
  }
});
