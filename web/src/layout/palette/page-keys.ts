/** The second key after "g" for each page. */
const SECOND_KEYS: Record<string, string> = {
  home: 'h',
  members: 'm',
  staff: 'm',
  invitations: 'i',
  roles: 'r',
  permissions: 'p',
  'roles/matrix': 'x',
  explain: 'e',
  'access-history': 'y',
  'api-keys': 'k',
  audit: 'a',
  tenants: 't',
  users: 'u',
  sync: 's',
};

/** The keys that open a page, such as "g m". */
export const keysOfPage = (path: string) => (SECOND_KEYS[path] ? `g ${SECOND_KEYS[path]}` : undefined);
