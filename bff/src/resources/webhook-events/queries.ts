import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { KeysetList } from '../../db/lists/list.ts';
import { instantFilter, readList } from '../../http/list.ts';
import { allOf, oneOf, type Read, type ReadRequest } from '../../http/read.ts';
import type { WebhookEvent, WebhookEventDetail, WebhookEventListQuery } from './schema.ts';

const COLUMNS = Prisma.sql`
  event.id, event.type, event.status, event.object_id AS "objectId", event.attempts, event.last_error AS "lastError",
  event.occurred_at AS "occurredAt", event.received_at AS "receivedAt", event.processed_at AS "processedAt",
  event.next_attempt_at AS "nextAttemptAt",
  (SELECT jsonb_build_object('id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url)
    FROM "user" person WHERE person.id = CASE split_part(event.type, '.', 1)
      WHEN 'user' THEN event.object_id
      WHEN 'organizationMembership' THEN event.payload #>> '{data,public_user_data,user_id}'
      ELSE event.payload #>> '{data,user_id}' END) AS "user",
  (SELECT jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug)
    FROM tenant WHERE tenant.identity_org_id = CASE split_part(event.type, '.', 1)
      WHEN 'organization' THEN event.object_id
      WHEN 'organizationMembership' THEN event.payload #>> '{data,organization,id}'
      ELSE event.payload #>> '{data,organization_id}' END) AS tenant`;

export function listWebhookEvents(request: ReadRequest<unknown, z.output<typeof WebhookEventListQuery>>) {
  const { query } = request;
  const list: KeysetList = {
    select: COLUMNS,
    from: Prisma.sql`webhook_event event`,
    counted: Prisma.sql`webhook_event event`,
    where: [
      // The index of those that are not applied says so too.
      ...(query.status && query.status !== 'applied' ? [Prisma.sql`event.status <> 'applied'`] : []),
      ...(query.status ? [Prisma.sql`event.status = ${query.status}`] : []),
      ...(query.type ? [ofType(query.type)] : []),
      ...(query.objectId ? [Prisma.sql`event.object_id = ${query.objectId}`] : []),
      ...(query.q ? [Prisma.sql`(event.id = ${query.q} OR event.object_id = ${query.q})`] : []),
      ...instantFilter(Prisma.sql`event.received_at`, query['receivedAt[gte]'], query['receivedAt[lte]']),
    ],
    id: { sql: Prisma.sql`event.id`, type: 'text' },
    sorts: { receivedAt: { sql: Prisma.sql`event.received_at`, type: 'timestamptz' } },
    defaultSort: '-receivedAt',
  };
  return readList<WebhookEvent>(request, query, list, 'platform');
}

/** The content of old events is removed, down to the id, which is all that a deletion needs. */
export const HAS_CONTENT = Prisma.sql`(
  type IN ('user.deleted', 'organization.deleted') OR (payload -> 'data') - 'id' <> '{}')`;

/** A whole type, or with a dot at its end all of a kind. */
export const ofType = (type: string): Prisma.Sql =>
  type.endsWith('.') ? Prisma.sql`starts_with(type, ${type})` : Prisma.sql`type = ${type}`;

/** One event and what it wrote. */
export const readWebhookEvent = ({
  params: { eventId },
}: ReadRequest<{ eventId: string }>): Read<WebhookEventDetail> => ({
  login: 'platform',
  statements: [
    Prisma.sql`
      SELECT ${COLUMNS}, coalesce(event.request_id, event.id) AS "requestId", ${HAS_CONTENT} AS "hasContent"
      FROM webhook_event event WHERE event.id = ${eventId}`,
    Prisma.sql`
      SELECT log.id::text AS "auditLogId", log.created_at AS "createdAt", log.action, log.severity, log.subject_id AS "subjectId",
        jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
        ARRAY(
          SELECT jsonb_object_keys(coalesce(log.before, '{}')) UNION SELECT jsonb_object_keys(coalesce(log.after, '{}'))
          UNION SELECT jsonb_array_elements_text(coalesce(log.context -> 'changed', '[]')) ORDER BY 1
        ) AS fields
      FROM audit_log log JOIN tenant ON tenant.id = log.tenant_id
      WHERE log.request_id = (SELECT coalesce(event.request_id, event.id) FROM webhook_event event WHERE event.id = ${eventId})
        AND log.actor_type = 'webhook' AND log.actor_id = ${eventId}
      ORDER BY log.created_at, log.id`,
  ],
  answer: ([event, changes]) => ({
    ...oneOf<Omit<WebhookEventDetail, 'changes'>>(event),
    changes: allOf(changes),
  }),
});
