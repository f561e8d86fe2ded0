-- Returns what access_of() would have returned then. About the current tenant only, or any for the platform.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_as_of(of_user text, of_tenant uuid, as_of timestamptz, resource jsonb) RETURNS TABLE (
  user_state text, tenant_status text, membership_id uuid, membership_status text,
  permissions text[], platform_permissions text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
  WITH scope AS MATERIALIZED (
    SELECT of_tenant AS tenant_id WHERE current_tenant_id() IN (of_tenant, platform_tenant_id())
  ), account AS MATERIALIZED (
    SELECT person.id, coalesce(state_as_of(platform_tenant_id(), 'user', of_user, as_of), '{}') AS state
    FROM "user" person WHERE person.id = of_user
  ), standing AS MATERIALIZED (
    SELECT
      CASE WHEN (account.state -> 'deleted')::boolean THEN 'deleted' WHEN (account.state -> 'banned')::boolean THEN 'banned'
        WHEN account.id IS NOT NULL THEN 'active' END AS user_state,
      state_as_of(of_tenant, 'tenant', of_tenant::text, as_of) ->> 'status' AS tenant_status,
      member.id AS membership_id,
      state_as_of(of_tenant, 'membership', member.id::text, as_of) ->> 'status' AS membership_status
    FROM scope
    LEFT JOIN account ON true
    LEFT JOIN membership member ON member.tenant_id = of_tenant AND member.user_id = of_user
  ), held AS MATERIALIZED (
    SELECT true AS is_own, role.unconditional || CASE WHEN role.conditional = '[]' THEN '{}'
      ELSE met_permissions_as_of(role.conditional, of_user, of_tenant, as_of, resource) END AS codes
    FROM standing
    CROSS JOIN LATERAL assignments_as_of(of_tenant, of_user, as_of) assignment
    JOIN roles_as_of(of_tenant, as_of) role ON role.role_id = assignment.role_id
    WHERE tenant_is_usable(standing.tenant_status::"TenantStatus")
    UNION ALL
    SELECT false, role.unconditional || CASE WHEN role.conditional = '[]' THEN '{}'
      ELSE met_permissions_as_of(role.conditional, of_user, of_tenant, as_of, resource) END
    FROM scope
    CROSS JOIN LATERAL assignments_as_of(platform_tenant_id(), of_user, as_of) assignment
    JOIN roles_as_of(platform_tenant_id(), as_of) role ON role.role_id = assignment.role_id
  )
  SELECT standing.user_state, standing.tenant_status,
    CASE WHEN standing.membership_status <> 'left' THEN standing.membership_id END, nullif(standing.membership_status, 'left'),
    ARRAY(SELECT DISTINCT code FROM held CROSS JOIN LATERAL unnest(held.codes) AS code WHERE held.is_own ORDER BY 1),
    ARRAY(SELECT DISTINCT code FROM held CROSS JOIN LATERAL unnest(held.codes) AS code WHERE NOT held.is_own ORDER BY 1)
  FROM standing
$$;
GRANT EXECUTE ON FUNCTION access_as_of(text, uuid, timestamptz, jsonb) TO rolecall_server;
