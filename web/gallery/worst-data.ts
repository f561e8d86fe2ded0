import type {
  AuditLog,
  Conditions,
  Effect,
  InvitationCreated,
  Member,
  MemberRole,
  Permission,
  Role,
} from 'bff/contract';
import { ACME, anEvent } from '../src/testing/builders.ts';

const now = Date.now();
/** The instant this many days from now. */
export const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString();

export const LONG =
  'Wilhelmina Konstantinopolitańczykowianeczka-Montgomery-Featherstonehaugh of the Northern Archipelago';
export const UNBROKEN = `${'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)}`;
const RTL = 'عائشة بنت محمد الفاسي';
const MARKUP = '<img src=x onerror=alert(1)>';

const user = (id: string, name: string, email: string | null) => ({ id, name, email, imageUrl: null });
export const USERS = {
  usual: user('ada', 'Ada Park', 'ada.park@acme.test'),
  long: user('long', LONG, `${'very.long.address.'.repeat(6)}@subdomain.of.a.long.example.test`),
  unbroken: user('unbroken', UNBROKEN, `${'x'.repeat(60)}@example.test`),
  'right to left': user('rtl', RTL, 'aisha@example.test'),
  'without an e-mail': user('phone', 'Marco Lindt', null),
  'without a name': user('nameless', '', 'no.name@example.test'),
  'without anything': user('nothing', '', null),
  markup: user('markup', MARKUP, 'markup@example.test'),
  emoji: user('emoji', '👩‍💻 Zoë', 'zoe@example.test'),
};
export const NAMES = { usual: 'Acme', long: LONG, unbroken: UNBROKEN, 'right to left': RTL, markup: MARKUP };

const role = (id: string, name: string, more: Partial<Role> = {}): Role => ({
  id,
  key: id,
  name,
  tenantId: ACME,
  description: 'Reads members and roles, and invites new members.',
  isSystem: false,
  isDefault: false,
  isOwner: false,
  isSelfAssignable: false,
  parent: null,
  identityRole: null,
  permissionCount: 7,
  memberCount: 12,
  version: 1,
  createdAt: inDays(-90),
  updatedAt: inDays(-3),
  ...more,
});
export const ROLES = [
  role('admin', 'Admin', { isSystem: true }),
  role('billing', 'Billing'),
  role('member', 'Member', { isDefault: true, description: '' }),
  role('long', LONG, { description: `${LONG} `.repeat(4) }),
  role('rtl', RTL),
];

export const held = (of: Role, validFrom: string, validUntil: string | null): MemberRole => ({
  id: of.id,
  key: of.key,
  name: of.name,
  isOwner: of.isOwner,
  isPrimary: false,
  validFrom,
  validUntil,
  grantedBy: { id: 'ada', name: 'Ada Park' },
  grantedAt: inDays(-30),
});

const member = (id: string, of: Member['user'], roles: MemberRole[]): Member => ({
  id,
  tenantId: ACME,
  user: of,
  status: 'active',
  roles,
  source: 'invitation',
  version: 1,
  createdAt: inDays(-60),
  leftAt: null,
});
const alive = { banned: false, deletedAt: null };
const [admin, billing, basic, long] = ROLES as [Role, Role, Role, Role];
export const MEMBERS: Member[] = Object.values(USERS).map((of, at) =>
  member(
    `member-${at}`,
    { ...of, ...alive },
    [held(admin, inDays(-30), null), held(billing, inDays(-3), inDays(4)), held(long, inDays(2), null)].slice(
      0,
      at % 4,
    ),
  ),
);
export const MARCO = member('marco', { ...USERS['without an e-mail'], ...alive }, [
  held(basic, inDays(-60), null),
  held(billing, inDays(-20), inDays(10)),
]);

const permission = (code: string, description: string): Permission => ({
  id: code,
  code,
  resource: code.split(':')[0] ?? '',
  action: code.split(':')[1] ?? '',
  scope: 'tenant',
  description,
  isSystem: false,
  retiredAt: null,
  version: 1,
  createdAt: inDays(-90),
});
export const LONG_CODE = `${'a-resource-with-a-long-name'}:${'an-action-with-a-long-name-too'}`;
export const PERMISSIONS = [
  permission('members:invite', 'Invite people'),
  permission('members:read', 'Read members'),
  permission(LONG_CODE, LONG),
];

export const CONDITIONS: Conditions = [
  { attribute: 'user.emailVerified', operator: 'equals', value: true },
  { attribute: 'resource.ownerId', operator: 'equals', value: { attribute: 'user.id' } },
];

const codes = [
  'invoices:write',
  'members:invite',
  'members:read',
  'roles:read',
  'audit:read',
  'api-keys:read',
  LONG_CODE,
];
export const EFFECTS: Record<string, Effect> = {
  'no member': { affected: 0, gains: [], loses: [], members: [], later: [] },
  'one member': {
    affected: 1,
    gains: [{ code: 'members:invite', count: 1 }],
    loses: [{ code: 'invoices:write', count: 1, conditional: true }],
    members: [
      { memberId: 'member-1', user: { id: 'long', name: LONG }, gains: ['members:invite'], loses: ['invoices:write'] },
    ],
    later: [
      { at: inDays(10), gains: [], loses: [{ code: 'members:invite', count: 1 }], keeps: [], forgoes: [] },
      { at: inDays(90), gains: [], loses: [], keeps: [{ code: LONG_CODE, count: 1 }], forgoes: [] },
    ],
  },
  'many members': {
    affected: 1_234,
    gains: codes.map((code, at) => ({ code, count: 1_234 - at })),
    loses: [{ code: 'invoices:write', count: 16 }],
    members: Object.values(USERS).map((of, at) => ({ memberId: `member-${at}`, user: of, gains: codes, loses: [] })),
    later: [],
  },
};

export const EVENTS: Record<string, AuditLog> = {
  usual: anEvent({ createdAt: inDays(-0.1) }),
  denied: anEvent({
    action: 'invitation.create',
    outcome: 'denied',
    reason: 'missing_permission',
    permission: 'members:invite',
    severity: 'warning',
  }),
  'with a reason': anEvent({ reason: LONG }),
  'by the provider': anEvent({ actor: { type: 'webhook', id: null, name: null, email: null, impersonator: null } }),
  impersonated: anEvent({
    actor: { type: 'user', ...USERS.usual, impersonator: { ...USERS['right to left'] } } as AuditLog['actor'],
  }),
  'long names': anEvent({
    actor: { type: 'user', ...USERS.long, impersonator: null } as AuditLog['actor'],
    subject: USERS['right to left'],
    tenant: { id: ACME, name: LONG, slug: 'acme' },
  }),
};

export const INVITATION: InvitationCreated = {
  id: 'invitation-1',
  tenantId: ACME,
  email: 'grace.newcomer@example.test',
  roles: [basic],
  status: 'pending',
  expiresAt: inDays(7),
  invitedBy: USERS.usual,
  acceptedBy: null,
  acceptedAt: null,
  revokedAt: null,
  deliveryStatus: 'not-configured',
  deliveryError: null,
  version: 1,
  createdAt: inDays(0),
  token: 'x'.repeat(43),
  acceptUrl: `https://console.example.test/invitations/${'x'.repeat(43)}`,
};
