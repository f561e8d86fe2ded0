import { randomUUID } from 'node:crypto';
import { seededRandom } from '../../core/random.ts';
import { ClerkApiError, notFound } from '../api-error.ts';
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
  /** Returns epoch milliseconds, for the timestamps of changes. */
  clock?: () => number;
  /** Seed of the ids; random by default. */
  seed?: string;
  /** Prefix of every id, so that many instances can be synced into one database. */
  idPrefix?: string;
  /** Roles in addition to `org:admin` and `org:member`. */
  roles?: { key: string; name: string; permissions?: string[] }[];
  /** Whether a deletion emits an event for each membership that it ends. Clerk documents neither. */
  announcesCascades?: boolean;
  /** Image URLs of users and organizations. */
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

/** State of an instance. Objects are replaced, never mutated, so that an event keeps the values of its time. */
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
  /** Ids of memberships by user and by organization. */
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
  const roles = [
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
    roles.map(({ key, name, permissions = [] }) => [
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
  if (!role) throw new ClerkApiError(404, 'organization_role_not_found', `No role was found with key ${key}.`);
  return role;
}

/** Merges as Clerk's PATCH .../metadata does: objects at every depth; null deletes a key. */
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
