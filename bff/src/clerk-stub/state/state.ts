import { randomUUID } from 'node:crypto';
import { seededRandom } from '../../core/random.ts';
import { ClerkRefusal, notFound } from '../api-error.ts';
import type {
  ClerkMessage,
  InvitationJson,
  Metadata,
  OrganizationInvitationJson,
  OrganizationJson,
  RoleJson,
  SessionJson,
  UserJson,
} from '../serialize.ts';
import { type CreationOrder, creationOrder } from './creation-order.ts';

export interface InstanceOptions {
  /** Epoch milliseconds; each change is stamped with it. */
  clock?: () => number;
  /** Ids come out the same for the same seed; without one they are new in every run. */
  seed?: string;
  /** Put into every id, so that many instances can be synced into one database. */
  idPrefix?: string;
  /** Roles beside `org:admin` and `org:member`. */
  roles?: { key: string; name: string; permissions?: string[] }[];
  /** Whether a deletion also emits an event for every membership that goes with it. Clerk promises neither. */
  announcesCascades?: boolean;
  /** Where pictures of people and organizations lie. */
  imageUrlOf?: (id: string) => string;
}

export interface MembershipRecord {
  id: string;
  organizationId: string;
  userId: string;
  role: string;
  public_metadata: Metadata;
  private_metadata: Metadata;
  created_at: number;
  updated_at: number;
}

/** Everything an instance knows. Objects are replaced, never changed in place: an event keeps what was true when it was emitted. */
export interface State {
  instanceId: string;
  announcesCascades: boolean;
  imageUrlOf(id: string): string;
  now(): number;
  id(kind: string): string;
  emit(type: string, data: object): void;
  listeners: Set<(message: ClerkMessage) => void>;
  users: CreationOrder<UserJson>;
  passwords: Map<string, string>;
  userIdByEmail: Map<string, string>;
  organizations: CreationOrder<OrganizationJson>;
  memberships: CreationOrder<MembershipRecord>;
  /** Ids of memberships by person, and by organization. */
  membershipsOf: Map<string, Set<string>>;
  invitations: CreationOrder<OrganizationInvitationJson>;
  applicationInvitations: CreationOrder<InvitationJson>;
  sessions: CreationOrder<SessionJson>;
  sessionsOf: Map<string, Set<string>>;
  roles: Map<string, RoleJson>;
}

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64)';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 27;

export function createState(options: InstanceOptions): State {
  const now = options.clock ?? Date.now;
  const { fraction } = seededRandom(options.seed ?? randomUUID());
  const digit = () => DIGITS[Math.floor(fraction() * DIGITS.length)];
  const prefix = options.idPrefix ?? '';
  const id = (kind: string) => {
    let tail = prefix;
    while (tail.length < ID_LENGTH) tail += digit();
    return `${kind}_${tail}`;
  };
  const instanceId = id('ins');
  const listeners: State['listeners'] = new Set();
  const emit = (type: string, data: object) => {
    const http_request = { client_ip: '127.0.0.1', user_agent: USER_AGENT };
    const event = {
      object: 'event' as const,
      type,
      instance_id: instanceId,
      timestamp: now(),
      event_attributes: { http_request },
      data,
    };
    const message = { id: id('msg'), event };
    for (const listener of listeners) listener(message);
  };
  return {
    instanceId,
    announcesCascades: options.announcesCascades ?? true,
    imageUrlOf: options.imageUrlOf ?? ((of) => `https://img.clerk.com/${of}`),
    now,
    id,
    emit,
    listeners,
    users: creationOrder(),
    passwords: new Map(),
    userIdByEmail: new Map(),
    organizations: creationOrder(),
    memberships: creationOrder(),
    membershipsOf: new Map(),
    invitations: creationOrder(),
    applicationInvitations: creationOrder(),
    sessions: creationOrder(),
    sessionsOf: new Map(),
    roles: rolesOf(options, { now, id }),
  };
}

function rolesOf(options: InstanceOptions, { now, id }: Pick<State, 'now' | 'id'>): Map<string, RoleJson> {
  const at = now();
  const permission = (key: string) => {
    const type = key.startsWith('org:sys_') ? ('system' as const) : ('user' as const);
    return {
      object: 'permission' as const,
      id: id('perm'),
      name: key,
      key,
      description: key,
      type,
      created_at: at,
      updated_at: at,
    };
  };
  const given = [
    {
      key: 'org:admin',
      name: 'Admin',
      permissions: [
        'org:sys_profile:manage',
        'org:sys_profile:delete',
        'org:sys_memberships:read',
        'org:sys_memberships:manage',
      ],
    },
    { key: 'org:member', name: 'Member', permissions: ['org:sys_memberships:read'] },
    ...(options.roles ?? []),
  ];
  return new Map(
    given.map(({ key, name, permissions = [] }) => [
      key,
      {
        object: 'role',
        id: id('role'),
        name,
        key,
        description: null,
        is_creator_eligible: key === 'org:admin',
        permissions: permissions.map(permission),
        created_at: at,
        updated_at: at,
      },
    ]),
  );
}

export function userOf(state: State, userId: string): UserJson {
  const user = state.users.get(userId);
  if (!user) throw notFound('user', userId);
  return user;
}

export function organizationOf(state: State, organizationId: string): OrganizationJson {
  const organization = state.organizations.get(organizationId);
  if (!organization) throw notFound('organization', organizationId);
  return organization;
}

export function roleOf(state: State, key: string): RoleJson {
  const role = state.roles.get(key);
  if (!role) throw new ClerkRefusal(404, 'organization_role_not_found', `No role was found with key ${key}.`);
  return role;
}

/** As Clerk's PATCH .../metadata: objects are merged at every depth and null takes a key away. */
export function mergeMetadata(before: Metadata, changes: Metadata): Metadata {
  const merged = { ...before };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete merged[key];
    else if (isPlain(value)) merged[key] = mergeMetadata(isPlain(merged[key]) ? merged[key] : {}, value);
    else merged[key] = value;
  }
  return merged;
}

const isPlain = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
