-- Returns what access_of() would have returned then. About the current tenant only, or any for the platform.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_at(of_user text, of_tenant uuid, moment timestamptz, resource jsonb) RETURNS TABLE (
  user_state text, tenant_status text, membership_id uuid, membership_status text, permissions text[], platform_permissions text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
  WITH scope AS MATERIALIZED (
    SELECT platform_tenant_id() AS platform_id
    WHERE current_tenant_id() IN (of_tenant, platform_tenant_id())
  ), standing AS MATERIALIZED (
    SELECT
      (SELECT CASE WHEN (account.state -> 'deleted')::boolean THEN 'deleted' WHEN (account.state -> 'banned')::boolean THEN 'banned' ELSE 'active' END
       FROM "user" person LEFT JOIN LATERAL (
         SELECT state FROM access_state
         WHERE tenant_id = scope.platform_id AND kind = 'user' AND entity_id = of_user AND at <= moment ORDER BY at DESC LIMIT 1) account ON true
       WHERE person.id = of_user) AS user_state,
      (SELECT state ->> 'status' FROM access_state
       WHERE tenant_id = of_tenant AND kind = 'tenant' AND entity_id = of_tenant::text AND at <= moment ORDER BY at DESC LIMIT 1) AS tenant_status,
      member.id AS member_id,
      (SELECT state ->> 'status' FROM access_state
       WHERE tenant_id = of_tenant AND kind = 'membership' AND entity_id = member.id::text AND at <= moment ORDER BY at DESC LIMIT 1) AS member_status
    FROM scope
    LEFT JOIN membership member ON member.tenant_id = of_tenant AND member.user_id = of_user
  ), held AS MATERIALIZED (
    SELECT true AS is_own, roles.always || CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE met_at(roles.sometimes, of_user, of_tenant, moment, resource) END AS codes
    FROM standing
    CROSS JOIN LATERAL holdings_at(of_tenant, of_user, moment) holding
    JOIN roles_at(of_tenant, moment) roles ON roles.role_id = holding.role_id
    WHERE tenant_is_usable(standing.tenant_status::"TenantStatus")
    UNION ALL
    SELECT false, roles.always || CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE met_at(roles.sometimes, of_user, of_tenant, moment, resource) END
    FROM scope
    CROSS JOIN LATERAL holdings_at(scope.platform_id, of_user, moment) holding
    JOIN roles_at(scope.platform_id, moment) roles ON roles.role_id = holding.role_id
  )
  SELECT standing.user_state, standing.tenant_status,
    CASE WHEN standing.member_status <> 'left' THEN standing.member_id END, nullif(standing.member_status, 'left'),
    ARRAY(SELECT DISTINCT code FROM held CROSS JOIN LATERAL unnest(held.codes) AS code WHERE held.is_own ORDER BY 1),
    ARRAY(SELECT DISTINCT code FROM held CROSS JOIN LATERAL unnest(held.codes) AS code WHERE NOT held.is_own ORDER BY 1)
  FROM standing
$$;
GRANT EXECUTE ON FUNCTION access_at(text, uuid, timestamptz, jsonb) TO rolecall_server;
