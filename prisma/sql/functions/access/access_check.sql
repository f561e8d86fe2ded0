-- Returns one answer for each check of [{userId, tenantId, permission, resource}], in order. Only the platform asks
-- about other tenants; for all others another tenant does not exist. Each user is read once: what is held without a
-- resource is held with any, so that only the rest looks at the resources.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_check(checks jsonb) RETURNS boolean[]
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH asked AS MATERIALIZED (
    SELECT item ->> 'userId' AS user_id, (item ->> 'tenantId')::uuid AS tenant_id, item ->> 'permission' AS permission,
      coalesce(item -> 'resource', '{}') AS resource, ordinal
    FROM jsonb_array_elements(checks) WITH ORDINALITY AS each (item, ordinal)
  ), held AS MATERIALIZED (
    SELECT access.*, access.permissions || access.platform_permissions AS codes
    FROM (
      SELECT DISTINCT asked.user_id, asked.tenant_id FROM asked
      WHERE current_tenant_id() IN (asked.tenant_id, platform_tenant_id())
    ) pair
    CROSS JOIN LATERAL access_of(pair.user_id, pair.tenant_id, '{}') access
    WHERE access.user_state = 'active' AND access.tenant_id IS NOT NULL
  )
  SELECT coalesce(array_agg(coalesce(asked.permission = ANY (held.codes) OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(coalesce(held.conditional_grants -> asked.permission, '[]')
        || coalesce(held.platform_conditional_grants -> asked.permission, '[]')) AS path
      WHERE conditions_hold(path -> 'conditions', access_context(held.user_id, coalesce(held.user_email_key, held.user_email),
          held.user_email_verified, held.tenant_id, held.tenant_slug, asked.resource))
        AND NOT EXISTS (
          SELECT 1 FROM permission WHERE permission.code = asked.permission AND permission.retired_at IS NOT NULL)
    ), false) ORDER BY asked.ordinal), '{}')
  FROM asked LEFT JOIN held ON held.user_id = asked.user_id AND held.tenant_id = asked.tenant_id
$$;
GRANT EXECUTE ON FUNCTION access_check(jsonb) TO rolecall_server;
