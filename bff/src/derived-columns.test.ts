import { loginUrl } from '@rolecall/prisma/logins';
import { withClient } from '@rolecall/prisma/with-client';
import { expect, inject, it } from 'vitest';
import { fillDerivedColumns } from './derived-columns.ts';
import { aUser } from './testing/fixtures/builders.ts';
import { harnessForThisTest } from './testing/fixtures/harness.ts';

it('gives users of an older version the key of their address, once', async () => {
  const harness = await harnessForThisTest({});
  const user = await aUser(harness);
  await withClient(loginUrl(inject('ownerUrl'), 'sync'), (client) =>
    client.query(`UPDATE "user" SET email_key = NULL WHERE id = $1`, [user.id]),
  );
  const stored = () => harness.services.db.sync.user.findFirstOrThrow({ where: { id: user.id } });
  expect((await stored()).emailKey).toBeNull();
  await fillDerivedColumns({ ownerUrl: inject('ownerUrl') });
  const filled = await stored();
  expect(filled.emailKey).toBe(user.email);
  await fillDerivedColumns({ ownerUrl: inject('ownerUrl') });
  expect(await stored()).toEqual(filled);
});
