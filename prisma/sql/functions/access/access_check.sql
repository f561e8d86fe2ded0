-- Returns one answer for each check of [{userId, tenantId, permission, resource}], in order. Only the platform asks
-- about other tenants; for all others another tenant does not exist. Each user is read once, and of what they hold only what is asked.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_check(checks jsonb) RETURNS boolean[]
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH asked AS MATERIALIZED (
    SELECT item ->> 'userId' AS user_id, (item ->> 'tenantId')::uuid AS tenant_id, item ->> 'permission' AS permission,
      coalesce(item -> 'resource', '{}') AS resource, ordinal
    FROM jsonb_array_elements(checks) WITH ORDINALITY AS each (item, ordinal)
  ), known AS MATERIALIZED (
    SELECT subject.*
    FROM (
      SELECT DISTINCT asked.user_id, asked.tenant_id FROM asked
      WHERE current_tenant_id() IN (asked.tenant_id, platform_tenant_id())
    ) pair
    CROSS JOIN LATERAL access_subject(pair.user_id, pair.tenant_id) subject
    WHERE subject.user_state = 'active' AND subject.tenant_id IS NOT NULL
  )
  SELECT coalesce(array_agg(EXISTS (
      SELECT FROM (
        SELECT known.tenant_id, known.membership_id WHERE known.is_effective
        UNION ALL SELECT platform_tenant_id(), known.staff_id WHERE known.staff_id IS NOT NULL
      ) member
      JOIN active_grant granted ON granted.tenant_id = member.tenant_id AND granted.membership_id = member.membership_id
      WHERE granted.code = asked.permission AND NOT granted.is_retired
        AND (granted.conditions IS NULL OR conditions_hold(granted.conditions, access_context(known.user_id,
          coalesce(known.user_email_key, known.user_email), known.user_email_verified, known.tenant_id, known.tenant_slug, asked.resource)))
    ) ORDER BY asked.ordinal), '{}')
  FROM asked LEFT JOIN known ON known.user_id = asked.user_id AND known.tenant_id = asked.tenant_id
$$;
GRANT EXECUTE ON FUNCTION access_check(jsonb) TO rolecall_server;
