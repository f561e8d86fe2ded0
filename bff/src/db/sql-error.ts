/** What a failed statement reports, wherever pg, the driver adapter or Prisma put it. */
interface DatabaseError {
  code?: string;
  message?: string;
  cause?: unknown;
  originalCode?: string;
  kind?: string;
  meta?: { driverAdapterError?: unknown };
}

/** Five characters with a digit, unlike EPIPE; P1 to P3 are Prisma's own. */
const SQLSTATE = /^(?!P[1-9])(?=.*\d)[0-9A-Z]{5}$/;
/** Connection exceptions, insufficient resources, operator intervention. */
const OUTAGE_CLASS = /^(08|53|57P)/;
const READ_ONLY = '25006';
/** Serialization failure, deadlock, lock and statement time-outs, idle transaction ended. */
const CONTENTION_STATES = new Set(['40001', '40P01', '55P03', '57014', '25P03']);
/** Prisma: unreachable, timed out, closed, pool time-out, too many connections. */
const OUTAGE_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);
/** Prisma: a transaction that could not begin, or took too long. */
const TRANSACTION_CODE = 'P2028';
const NETWORK_CODES = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const ADAPTER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections', 'SocketTimeout']);
const OUTAGE_MESSAGE =
  /Unable to start a transaction|timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable|Cannot use a pool after/;

/** The error, its causes and what a driver adapter wrapped. */
function* chainOf(error: unknown): Generator<DatabaseError> {
  for (let found = error as DatabaseError | undefined, depth = 0; found && depth < 6; depth++) {
    yield found;
    found = (found.meta?.driverAdapterError ?? found.cause) as DatabaseError | undefined;
  }
}

/** The SQLSTATE of a failed statement. */
export function sqlState(error: unknown): string | undefined {
  for (const { originalCode, code } of chainOf(error)) {
    const state = originalCode ?? code;
    if (state && SQLSTATE.test(state)) return state;
  }
  return undefined;
}

/** Whether the work may succeed later: after an outage, or when no other work holds the locks that it needs. */
export function isTemporary(error: unknown): boolean {
  if (isOutage(error) || CONTENTION_STATES.has(sqlState(error) ?? '')) return true;
  return [...chainOf(error)].some(({ code }) => code === TRANSACTION_CODE);
}

/** Whether the database was unreachable, out of resources or not writable: any work would have failed. */
export function isOutage(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return OUTAGE_CLASS.test(state) || state === READ_ONLY;
  return [...chainOf(error)].some(
    ({ code = '', kind = '', message = '' }) =>
      OUTAGE_CODES.has(code) || NETWORK_CODES.test(code) || ADAPTER_KINDS.has(kind) || OUTAGE_MESSAGE.test(message),
  );
}
