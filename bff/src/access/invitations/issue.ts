import { Prisma } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { type RoleRef, roleRef } from '../../core/schema.ts';
import { emailKey } from '../../core/text/email-address.ts';
import { searchText } from '../../core/text/fold.ts';
import { sentWithNext } from '../../db/connect/pipelined-client.ts';
import { onlyRow } from '../../db/rows.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { ActorAccess } from '../actor.ts';
import { assertCanInviteWith, assertRolesExist, grantsOfRoles } from '../grants.ts';
import { hashToken, newToken } from '../invitation-token.ts';

const DAY_MS = 86_400_000;

export interface IssuedInvitation {
  id: string;
  email: string;
  roles: RoleRef[];
  expiresAt: Date;
  deliveryStatus: 'queued' | 'not-configured';
  /** Never stored, so it is known only to the request that issued it. */
  token: string;
}

interface Wanted {
  email: string;
  roleIds: readonly string[];
  expiresInDays: number;
}

/** Throws validation_failed, under the name of the field. */
export function requireEmailKey(email: string, field = 'email'): string {
  const key = emailKey(email);
  if (!key) throw new AppError('validation_failed', { errors: { [field]: ['invalid_email'] } });
  return key;
}

/**
 * Inserts an invitation in the transaction that records it. Throws permission_denied, grant_exceeds_own, already_a_member,
 * email_already_invited or validation_failed.
 */
export async function issueInvitation(
  tx: Tx,
  access: ActorAccess,
  { scope: { tenantId }, actor, services }: RequestContext,
  { email, roleIds, expiresInDays }: Wanted,
  known?: Invitable,
): Promise<IssuedInvitation> {
  const key = requireEmailKey(email);
  const { grants, isMember, isInvited } = known ?? (await readInvitable(tx, tenantId, { email, roleIds }));
  assertRolesExist(grants, roleIds);
  const roles = [...grants.values()];
  assertCanInviteWith(access, roles);
  if (isMember) throw new AppError('already_a_member', { errors: { email: ['already_a_member'] } });
  if (isInvited) throw new AppError('email_already_invited', { errors: { email: ['email_already_invited'] } });

  const id = uuid();
  const token = newToken();
  const expiresAt = new Date(Date.now() + expiresInDays * DAY_MS);
  const deliveryStatus = services.mailer.isConfigured ? 'queued' : 'not-configured';
  await tx.$executeRaw(
    sentWithNext(Prisma.sql`
      UPDATE invitation SET status = 'expired', version = version + 1
      WHERE tenant_id = ${tenantId}::uuid AND email_key = ${key} AND status = 'pending' AND expires_at <= clock_timestamp()`),
  );
  await tx.$executeRaw(
    sentWithNext(Prisma.sql`
      WITH issued AS (
        INSERT INTO invitation (tenant_id, id, email, email_key, search_text, token_hash, expires_at, invited_by, delivery_status)
        VALUES (${tenantId}::uuid, ${id}::uuid, ${email}, ${key}, ${searchText(email)}, ${hashToken(token)}, ${expiresAt}, ${actor.id},
          ${deliveryStatus})
      )
      INSERT INTO invitation_role (tenant_id, invitation_id, role_id)
      SELECT ${tenantId}::uuid, ${id}::uuid, unnest(${[...roleIds]}::uuid[])`),
  );
  return { id, email, roles: roles.map(roleRef), expiresAt, deliveryStatus, token };
}

/** What the audit log records of an invitation. */
export const issuedChange = ({ id, email, roles, expiresAt }: IssuedInvitation) => ({
  before: null,
  after: { email, roles, expiresAt: expiresAt.toISOString() },
  target: { type: 'invitation', id, label: email },
});

export type Invitable = Awaited<ReturnType<typeof readInvitable>>;

/** Reads, by one round trip, what decides whether this address can be invited with these roles. */
export async function readInvitable(tx: Tx, tenantId: string, { email, roleIds }: Pick<Wanted, 'email' | 'roleIds'>) {
  const key = requireEmailKey(email);
  const [grants, rows] = await Promise.all([
    grantsOfRoles(tx, tenantId, roleIds),
    tx.$queryRaw<{ isMember: boolean; isInvited: boolean }[]>`
      SELECT
        EXISTS (SELECT 1 FROM membership JOIN "user" person ON person.id = membership.user_id
          WHERE membership.tenant_id = ${tenantId}::uuid AND membership.status <> 'left' AND person.email_key = ${key}) AS "isMember",
        EXISTS (SELECT 1 FROM invitation WHERE tenant_id = ${tenantId}::uuid AND email_key = ${key} AND status = 'pending'
          AND expires_at > clock_timestamp()) AS "isInvited"`,
  ]);
  return { grants, ...onlyRow(rows) };
}
