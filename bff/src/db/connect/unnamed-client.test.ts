import { expect, inject, it, onTestFinished } from 'vitest';
import { startTransactionPooler } from '../../testing/fixtures/transaction-pooler.ts';
import { openDatabase } from '../database.ts';
import { objectsOf } from './raw-rows.ts';

/** A database behind a pooler in transaction mode that holds two connections. */
async function behindPooler() {
  const ownerUrl = inject('ownerUrl');
  const pooler = await startTransactionPooler(ownerUrl, 2);
  onTestFinished(() => pooler.stop());
  const poolerUrl = Object.assign(new URL(ownerUrl), { port: pooler.port }).href;
  const database = openDatabase({ ownerUrl, poolerUrl }, () => undefined);
  onTestFinished(database.close);
  return database;
}

it('names no statement behind a pooler, not even for a library that wants to', async () => {
  const { authPool } = await behindPooler();
  const ask = (turn: number) => authPool.query({ name: 'named', text: 'SELECT $1::int AS turn', values: [turn] });
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all([1, 2, 3, 4].map(ask));
    expect(answers.map(({ rows }) => rows[0].turn)).toEqual([1, 2, 3, 4]);
  }
});

it('sends a batch behind a pooler as one transaction, without names', async () => {
  const { together } = await behindPooler();
  const statement = { text: 'SELECT $1::int AS turn, current_user_id() AS "user"', values: [1] };
  for (let round = 0; round < 5; round++) {
    const users = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(
      users.map((userId) => together.server({ tenantId: null, userId }, [statement, statement])),
    );
    for (const [index, answer] of answers.entries())
      expect(answer.map(objectsOf)).toEqual([1, 2].map(() => [{ turn: 1, user: users[index] }]));
  }
});
