import { expect, inject, it, onTestFinished } from 'vitest';
import { startTransactionPooler } from '../../testing/fixtures/transaction-pooler.ts';
import { openDatabase } from '../database.ts';

it('names no statement behind a pooler, not even for a library that wants to', async () => {
  const ownerUrl = inject('ownerUrl');
  const pooler = await startTransactionPooler(ownerUrl, 2);
  onTestFinished(() => pooler.stop());
  const poolerUrl = Object.assign(new URL(ownerUrl), { port: pooler.port }).href;
  const { authPool, close } = openDatabase({ ownerUrl, poolerUrl }, () => undefined);
  onTestFinished(close);
  const ask = (turn: number) => authPool.query({ name: 'named', text: 'SELECT $1::int AS turn', values: [turn] });
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all([1, 2, 3, 4].map(ask));
    expect(answers.map(({ rows }) => rows[0].turn)).toEqual([1, 2, 3, 4]);
  }
});
