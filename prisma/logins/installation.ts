import pg from 'pg';
import { DEFAULT_PREFIX, LOGINS, roleName } from './urls.ts';

const OLDEST_POSTGRES = 15;

export interface Installation {
  prefix: string;
  version: string;
  owner: string;
  database: string;
  databaseOwner: string;
  ownsDatabase: boolean;
  isSuperuser: boolean;
  /** May create the logins, as superusers may. */
  createsRoles: boolean;
  /** Can become the role that owns functions, of which migrations create some. */
  becomesAccess: boolean;
  existing: ReadonlySet<string>;
  missing: string[];
  /** Logins with rights that the server must not have. */
  powerful: string[];
  /** Another database, of another owner, whose installation uses these logins. */
  usedBy: string | null;
  /** The role that owns functions in this database, which names another prefix than the setting. */
  otherAccess: string | null;
}

type Row = Omit<Installation, 'prefix' | 'existing' | 'missing'> & { existing: string[] };

/** Reads what the database and its server say about the logins of this prefix. */
export async function readInstallation(client: pg.ClientBase, prefix = DEFAULT_PREFIX): Promise<Installation> {
  const access = roleName('access', prefix);
  const names = [access, roleName('migrator', prefix), ...LOGINS.map((login) => roleName(login, prefix))];
  const { rows } = await client.query<Row>(
    `SELECT current_setting('server_version') AS version, current_user AS owner, current_database() AS database,
       pg_get_userbyid(datdba) AS "databaseOwner", pg_has_role(datdba, 'USAGE') AS "ownsDatabase",
       rolsuper AS "isSuperuser", rolsuper OR rolcreaterole AS "createsRoles",
       coalesce(pg_has_role(current_user, (SELECT oid FROM pg_roles WHERE rolname = $2), 'MEMBER'), false) AS "becomesAccess",
       ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($1)) AS existing,
       ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($1)
         AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)) AS powerful,
       (SELECT other.datname FROM pg_db_role_setting JOIN pg_roles login ON login.oid = setrole
          JOIN pg_database other ON other.oid = setdatabase
        WHERE login.rolname = ANY ($1) AND other.datdba <> this.datdba LIMIT 1) AS "usedBy",
       (SELECT proowner::regrole::text FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname = 'access_of' AND proowner IS DISTINCT FROM to_regrole($2)::oid
        LIMIT 1) AS "otherAccess"
     FROM pg_roles, pg_database this WHERE rolname = current_user AND datname = current_database()`,
    [names, access],
  );
  const [row] = rows;
  if (!row) throw new Error('The database does not know its own login');
  const existing = new Set(row.existing);
  return { ...row, prefix, existing, missing: names.filter((name) => !existing.has(name)) };
}

/** Throws one line that says what to do where this database cannot be used as it is. */
export function requireUsable(installation: Installation): void {
  const [reason] = obstacles(installation);
  if (reason) throw new Error(reason);
}

/** Returns what keeps Rolecall from using this database, with the remedy, one line each. */
export function obstacles(installation: Installation): string[] {
  const { version, owner, databaseOwner, database, powerful, usedBy, otherAccess } = installation;
  const [ownerName, databaseName] = [owner, database].map(pg.escapeIdentifier);
  return [
    ...when(
      Number.parseInt(version, 10) < OLDEST_POSTGRES,
      `PostgreSQL ${version} is too old: ${OLDEST_POSTGRES} or newer is required`,
    ),
    ...when(
      !installation.ownsDatabase,
      `${databaseOwner} owns the database, not ${owner}: use that login or, as a superuser, run ALTER DATABASE ${databaseName} OWNER TO ${ownerName};`,
    ),
    ...when(
      owner.includes('.'),
      `The login ${owner} has a dot in its name, after which a pooler's suffix would begin: use another login`,
    ),
    ...when(powerful.length > 0, `These roles hold powers that the server must not have: ${powerful.join(', ')}`),
    ...when(
      otherAccess !== null,
      `The database was set up with other logins, as ${otherAccess} shows: set DATABASE_LOGIN_PREFIX to ${otherAccess?.replace(/_access$/, '')}`,
    ),
    ...when(
      usedBy !== null && otherAccess === null,
      `The logins belong to another installation on this server, in the database ${usedBy}: set DATABASE_LOGIN_PREFIX to a name of its own for this one, such as ${database.replace(/\W/g, '_').toLowerCase()}`,
    ),
  ];
}

const when = (applies: boolean, reason: string): string[] => (applies ? [reason] : []);
