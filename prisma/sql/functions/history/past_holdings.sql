-- Returns every assignment in effect in the current tenant, of one user or (null) of all. Of the platform's staff it
-- returns only the role, and its holder only when a member at that time or the user in question. One user and
-- thousands need different plans: none is cached, and thousands are never joined one by one.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION past_holdings(of_user text, moment timestamptz, resource jsonb) RETURNS TABLE (
  via text, user_id text, membership_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz, met text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan SET enable_nestloop = off AS $$
  WITH scope AS MATERIALIZED (
    SELECT current_tenant_id() AS tenant_id,
      platform_tenant_id() AS platform_id
  ), works AS MATERIALIZED (
    SELECT scope.tenant_id FROM scope JOIN states_at(scope.tenant_id, 'tenant', ARRAY[scope.tenant_id::text], moment) tenant
      ON tenant_is_usable((tenant.state ->> 'status')::"TenantStatus")
  )
  SELECT 'tenant', holding.user_id, holding.membership_id, holding.role_id, holding.valid_from, holding.valid_until,
    holding.is_primary, holding.granted_by, holding.granted_at,
    CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE met_at(roles.sometimes, holding.user_id, scope.tenant_id, moment, resource) END
  FROM scope JOIN works ON works.tenant_id = scope.tenant_id
  CROSS JOIN LATERAL holdings_at(scope.tenant_id, of_user, moment) holding
  JOIN roles_at(scope.tenant_id, moment) roles ON roles.role_id = holding.role_id
  UNION ALL
  SELECT 'platform',
    CASE WHEN holding.user_id = of_user OR member.status <> 'left' THEN holding.user_id END,
    CASE WHEN member.status <> 'left' THEN member.id END, holding.role_id, NULL, NULL, false, NULL, NULL,
    CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE met_at(roles.sometimes, holding.user_id, scope.tenant_id, moment, resource) END
  FROM scope
  CROSS JOIN LATERAL holdings_at(scope.platform_id, of_user, moment) holding
  JOIN roles_at(scope.platform_id, moment) roles ON roles.role_id = holding.role_id
  LEFT JOIN LATERAL (
    SELECT place.id, (SELECT state ->> 'status' FROM access_state
      WHERE tenant_id = scope.tenant_id AND kind = 'membership' AND entity_id = place.id::text AND at <= moment
      ORDER BY at DESC LIMIT 1) AS status
    FROM membership place WHERE place.tenant_id = scope.tenant_id AND place.user_id = holding.user_id) member ON true
  WHERE scope.tenant_id <> scope.platform_id
$$;
GRANT EXECUTE ON FUNCTION past_holdings(text, timestamptz, jsonb) TO rolecall_server;
