import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma } from '@rolecall/prisma/client';
import pg from 'pg';
import { statementName } from './batch.ts';
import { PipelinedClient } from './pipelined-client.ts';

type Tx = Prisma.TransactionClient;
type Raw = [text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]];

const beginning = new AsyncLocalStorage<{ connection?: PipelinedClient }>();

/** The connections of changes. Prisma begins and ends their transactions. */
export class ChangePool extends pg.Pool {
  readonly #keepsSessions: boolean;

  constructor(config: pg.PoolConfig, keepsSessions: boolean) {
    super({ ...config, Client: PipelinedClient, pipeline: true });
    this.#keepsSessions = keepsSessions;
  }

  override connect = (async () => {
    const connection = (await super.connect()) as pg.PoolClient & PipelinedClient;
    connection.isNamed = this.#keepsSessions;
    const transaction = beginning.getStore();
    if (transaction) transaction.connection = connection;
    return connection;
  }) as pg.Pool['connect'];
}

/**
 * Runs a transaction of Prisma. In one of the ChangePool, statements of SQL go straight to the connection: together those that are
 * not awaited one by one, which Prisma would send one after the other.
 */
export const withStatements = <T>(begin: (wrap: (tx: Tx) => Tx) => Promise<T>): Promise<T> =>
  beginning.run({}, () => begin((tx) => straight(tx, beginning.getStore()?.connection)));

function straight(tx: Tx, connection: PipelinedClient | undefined): Tx {
  if (!connection) return tx;
  const { transaction } = connection;
  const send = ([text, ...values]: Raw) => {
    const statement = 'sql' in text ? text : Prisma.sql(text, ...values);
    return connection.query({
      text: statement.text,
      values: statement.values,
      name: statementName(statement.text),
      types: TYPES,
    });
  };
  // Prisma refuses what comes after the end of the transaction, such as its time-out: the connection may be another request's by then.
  const isOpen = () => connection.transaction === transaction;
  return Object.create(tx, {
    $queryRaw: { value: async (...raw: Raw) => (isOpen() ? (await send(raw)).rows : tx.$queryRaw(...raw)) },
    $executeRaw: { value: async (...raw: Raw) => (isOpen() ? (await send(raw)).rowCount : tx.$executeRaw(...raw)) },
  });
}

const { INT8 } = pg.types.builtins;
/** As Prisma reads them. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format: 'text') =>
    id === INT8 ? BigInt : pg.types.getTypeParser(id, format)) as pg.CustomTypesConfig['getTypeParser'],
};
