-- Queues the roles of these users for the identity provider. What they are is read when they are pushed, so that many
-- changes make one push. Members of an organization's tenant are pushed by their membership, those of the default
-- tenant by their account.
CREATE OR REPLACE FUNCTION request_push(of_tenant uuid, of_users text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO identity_push AS push (tenant_id, object_type, object_id, requested_at, next_attempt_at, updated_at)
  SELECT tenant.id, object.type, member.user_id, clock_timestamp(), clock_timestamp() + interval '300 ms', clock_timestamp()
  FROM tenant
  CROSS JOIN LATERAL (VALUES
    ('membership', tenant.identity_org_id IS NOT NULL), ('user', tenant.is_default)) AS object (type, applies)
  CROSS JOIN (SELECT DISTINCT unnest(of_users) AS user_id) AS member
  WHERE tenant.id = of_tenant AND tenant.kind = 'customer' AND object.applies
  ORDER BY object.type, member.user_id
  ON CONFLICT (tenant_id, object_type, object_id) DO UPDATE SET
    status = 'pending', revision = push.revision + 1, requested_at = excluded.requested_at, updated_at = excluded.updated_at,
    attempts = CASE WHEN push.status = 'pending' THEN push.attempts ELSE 0 END,
    -- The provider takes ten changes of one object in ten seconds; and what waits after a failure goes on waiting.
    next_attempt_at = greatest(excluded.next_attempt_at, push.pushed_at + interval '1100 ms',
      CASE WHEN push.status = 'pending' AND push.attempts > 0 THEN push.next_attempt_at END);
  -- Otherwise a push that no change of a member requests would wait for the outbox's next minute.
  SELECT pg_notify('access_changed', user_id) FROM (SELECT DISTINCT unnest(of_users) AS user_id) AS member;
$$;
GRANT EXECUTE ON FUNCTION request_push(uuid, text[]) TO rolecall_server, rolecall_sync;
