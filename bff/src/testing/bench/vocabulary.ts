/** What generated people are called, in several scripts, and what happens to them. */
export const FIRST_NAMES =
  `Alice Bruno Chloé Dmitri Ελένη Farid Grace Hugo Inès Jørgen Katarzyna Łukasz María Nadia Olivier Priya Quentin
  Renée Søren Tomás Ursula Viktor Wanjiru Ximena Yuki Zoë Anna James Mary John Linda David Sarah Peter Laura Daniel 明 Ольга Fatima Chen`.split(
    /\s+/,
  );
export const LAST_NAMES =
  `Adams Bernard Castro Dubois Eriksen Fischer García Haddad Ivanova Jansen Kowalski Lefèvre Martin Nguyen O'Brien
  Petit Quispe Rossi Smith Taylor Ueda Vasquez Weber Xu Yilmaz Zimmermann Brown Clark Evans Green Hall Jones King Lewis Moore Nelson
  Parker Reed Scott Turner Walker Young Allen Baker Cooper Diaz Edwards Foster Gray Hughes`.split(/\s+/);

/** Weighted by repetition: most events are about members and sessions. */
export const ACTIONS = [
  { action: 'member.roles_changed', category: 'membership', target: 'membership', permission: 'roles:assign' },
  { action: 'member.joined', category: 'membership', target: 'membership', permission: null },
  { action: 'session.started', category: 'session', target: 'session', permission: null },
  { action: 'session.ended', category: 'session', target: 'session', permission: null },
  { action: 'member.roles_changed', category: 'membership', target: 'membership', permission: 'roles:assign' },
  { action: 'role.updated', category: 'role', target: 'role', permission: 'roles:update' },
  { action: 'member.suspended', category: 'membership', target: 'membership', permission: 'members:suspend' },
  { action: 'invitation.created', category: 'invitation', target: 'invitation', permission: 'invitations:create' },
  { action: 'session.started', category: 'session', target: 'session', permission: null },
  { action: 'user.updated', category: 'identity', target: 'membership', permission: null },
  { action: 'api_key.created', category: 'access', target: 'api_key', permission: 'api-keys:create' },
];
export const LABELS = [
  'Viewer',
  'Billing manager',
  'Support',
  'Team lead',
  'Auditor',
  'Release engineer',
  'Contractor',
];
export const REASONS = ['Left the team', 'Ticket', 'Quarterly review', 'Requested by the manager', 'Urgent change'];
