import { createHmac } from 'node:crypto';

export const LOGINS = ['server', 'platform', 'sync', 'auth', 'queue'] as const;
export type Login = (typeof LOGINS)[number];

export const DEFAULT_PREFIX = 'rolecall';
/** Roles without login: `access` owns the functions that look beyond the tenant, `migrator` lets the owner become `access`. */
const ROLES = ['access', 'migrator'] as const;
type Role = Login | (typeof ROLES)[number];

/** The name of a login or role. Names belong to the whole server, so that each installation on it has a prefix of its own. */
export const roleName = (role: Role, prefix = DEFAULT_PREFIX): string => `${prefix}_${role}`;

const NAMES_IN_SQL = new RegExp(String.raw`\b${DEFAULT_PREFIX}_(?=(${[...LOGINS, ...ROLES].join('|')})\b)`, 'g');

/** Returns a script of the migrations with the names of this installation's logins. */
export const withLoginNames = (sql: string, prefix = DEFAULT_PREFIX): string =>
  prefix === DEFAULT_PREFIX ? sql : sql.replace(NAMES_IN_SQL, `${prefix}_`);

interface LoginOptions {
  prefix?: string | undefined;
  /** The owner's URL at a pooler, where the login connects instead. */
  poolerUrl?: string | null | undefined;
}

/** The address under which a login reaches the owner's database; its password follows from the owner's. */
export function loginUrl(ownerUrl: string, login: Login, { prefix, poolerUrl }: LoginOptions = {}): string {
  const url = new URL(poolerUrl ?? ownerUrl);
  // A pooler of many projects finds this one by what follows the dot: postgres.projectref.
  const [, suffix = ''] = /^[^.]+(\..+)$/.exec(url.username) ?? [];
  url.username = roleName(login, prefix) + suffix;
  url.password = loginPassword(ownerUrl, login);
  return url.href;
}

export const loginPassword = (ownerUrl: string, login: Login): string =>
  derive(ownerUrl, `rolecall login ${login}`).digest('base64url');

function derive(ownerUrl: string, purpose: string) {
  const key = decodeURIComponent(new URL(ownerUrl).password);
  if (!key) throw new Error('The database address needs a password: the passwords of the logins are derived from it.');
  return createHmac('sha256', key).update(purpose);
}
