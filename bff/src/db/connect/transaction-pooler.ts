import pg from 'pg';

const ATTEMPTS = 3;

/** Throws one line when this URL, from the setting of that name, leads to a pooler that keeps no sessions. */
export async function requireSessions(url: string, setting: string): Promise<void> {
  if (await isTransactionPooler(url)) throw new Error(noSessions(setting));
}

export const noSessions = (setting: string): string =>
  `${setting} leads to a pooler in transaction mode, and migrations, LISTEN and the queue need sessions: set DIRECT_URL to the address of PostgreSQL itself, or of a pooler in session mode`;

/**
 * Whether a pooler hands out connections for one transaction at a time: then two open clients meet the same backend, or one
 * client meets two.
 */
export async function isTransactionPooler(url: string): Promise<boolean> {
  const [first, second] = [new pg.Client(url), new pg.Client(url)];
  try {
    await Promise.all([first.connect(), second.connect()]);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (await sharesBackend(first, second)) return true;
    return false;
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
}

async function sharesBackend(first: pg.Client, second: pg.Client): Promise<boolean> {
  const before = await backend(first);
  await second.query('BEGIN');
  try {
    // With a pool of one, the first client would wait for the end of this transaction: it is asked only when it need not.
    return (await backend(second)) === before || (await backend(first)) !== before;
  } finally {
    await second.query('ROLLBACK');
  }
}

async function backend(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}
