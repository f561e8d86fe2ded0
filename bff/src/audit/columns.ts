import { Prisma } from '@rolecall/prisma/client';

/** The columns of an event of the audit log `event`, without its instant. */
export const AUDIT_COLUMNS = Prisma.sql`
  event.id::text, event.action, event.before, event.after, event.outcome, event.severity, event.category, event.permission,
  event.reason, event.request_id AS "requestId", event.ip, event.user_agent AS "userAgent", event.event_version AS "eventVersion",
  json_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
  json_build_object('type', event.actor_type, 'id', event.actor_id, 'name', actor.name, 'email', actor.email,
    'impersonator', CASE WHEN event.impersonator_id IS NOT NULL THEN
      json_build_object('id', event.impersonator_id, 'name', impersonator.name, 'email', impersonator.email) END) AS actor,
  CASE WHEN event.subject_id IS NOT NULL THEN
    json_build_object('id', event.subject_id, 'name', subject.name, 'email', subject.email) END AS subject,
  CASE WHEN event.target_type IS NOT NULL THEN
    json_build_object('type', event.target_type, 'id', event.target_id, 'label', event.target_label) END AS target`;

/** What these columns need besides the event: its tenant, and the names of its users as the tenant knows them. */
export const AUDIT_JOINS = Prisma.sql`
  JOIN tenant ON tenant.id = event.tenant_id
  LEFT JOIN audit_subject actor ON actor.tenant_id = event.tenant_id AND actor.user_id = event.actor_id
  LEFT JOIN audit_subject impersonator ON impersonator.tenant_id = event.tenant_id
    AND impersonator.user_id = event.impersonator_id
  LEFT JOIN audit_subject subject ON subject.tenant_id = event.tenant_id AND subject.user_id = event.subject_id`;
