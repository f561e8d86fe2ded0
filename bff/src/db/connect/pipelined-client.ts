import type { Socket } from 'node:net';
import { Prisma } from '@rolecall/prisma/client';
import pg from 'pg';
import { withoutName } from './unnamed-client.ts';

type Query = pg.Client['query'];
type Send = (config: pg.QueryConfig, ...rest: never[]) => Promise<unknown>;

const MARK = '/* sent with the next */';
const NEEDS_NO_ANSWER = /^(BEGIN|SET TRANSACTION)\b/;
const NO_ANSWER = { fields: [], rows: [], rowCount: 0 };

/**
 * Makes a write of a change leave with the statement that follows it, COMMIT at the latest, which throws its error. Its result
 * is not known.
 */
export const sentWithNext = (write: Prisma.Sql): Prisma.Sql => Prisma.sql`/* sent with the next */ ${write}`;

/**
 * Sends the statements of a transaction in as few round trips as its author awaits answers. PostgreSQL performs them in order,
 * and none after the first that fails.
 */
export class PipelinedClient extends pg.Client {
  /** Behind a pooler in transaction mode no statement has a name. */
  isNamed = true;
  /** Another one once the transaction has ended, or the next one has begun. */
  transaction = 0;
  #unanswered: Promise<unknown>[] = [];

  override query = ((config: pg.QueryConfig, ...rest: never[]) => {
    const query = super.query.bind(this) as Send;
    const send = (wanted: pg.QueryConfig) => query(this.isNamed ? wanted : (withoutName(wanted) as pg.QueryConfig));
    if (typeof config !== 'object' || 'submit' in config) return query(config, ...rest);
    if (/^(BEGIN|COMMIT|ROLLBACK)$/.test(config.text)) this.transaction += 1;
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.cork();
    if (NEEDS_NO_ANSWER.test(config.text) || config.text.startsWith(MARK)) {
      const sent = send(config);
      sent.catch(() => undefined);
      this.#unanswered.push(sent);
      return Promise.resolve(NO_ANSWER);
    }
    const earlier = this.#unanswered.splice(0);
    const sent = send(config);
    // What is asked for in the same tick leaves together.
    process.nextTick(() => {
      for (const _ of [...earlier, sent]) stream.uncork();
    });
    // Of a transaction that failed, COMMIT reports no error.
    return config.text === 'ROLLBACK' ? sent : Promise.all([...earlier, sent]).then((answers) => answers.at(-1));
  }) as Query;
}
