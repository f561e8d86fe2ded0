-- Returns every assignment in effect in the current tenant, of one user or (null) of all, with the codes of conditional grants
-- whose conditions were met. Of the platform's staff it returns only the role, and its holder only when a member at that
-- time or the user in question. One user and thousands need different plans: none is cached, and thousands are never
-- joined one by one.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION tenant_assignments_as_of(of_user text, as_of timestamptz, resource jsonb) RETURNS TABLE (
  via text, user_id text, membership_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz, met text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_nestloop = off AS $$
  WITH scope AS MATERIALIZED (
    SELECT current_tenant_id() AS tenant_id
  ), usable AS MATERIALIZED (
    SELECT scope.tenant_id FROM scope
    WHERE tenant_is_usable((state_as_of(scope.tenant_id, 'tenant', scope.tenant_id::text, as_of) ->> 'status')::"TenantStatus")
  )
  SELECT 'tenant', assignment.user_id, assignment.membership_id, assignment.role_id, assignment.valid_from,
    assignment.valid_until, assignment.is_primary, assignment.granted_by, assignment.granted_at,
    CASE WHEN role.conditional = '[]' THEN '{}'
      ELSE met_permissions_as_of(role.conditional, assignment.user_id, usable.tenant_id, as_of, resource) END
  FROM usable
  CROSS JOIN LATERAL assignments_as_of(usable.tenant_id, of_user, as_of) assignment
  JOIN roles_as_of(usable.tenant_id, as_of) role ON role.role_id = assignment.role_id
  UNION ALL
  SELECT 'platform',
    CASE WHEN assignment.user_id = of_user OR member.status <> 'left' THEN assignment.user_id END,
    CASE WHEN member.status <> 'left' THEN member.id END, assignment.role_id, NULL, NULL, false, NULL, NULL,
    CASE WHEN role.conditional = '[]' THEN '{}'
      ELSE met_permissions_as_of(role.conditional, assignment.user_id, scope.tenant_id, as_of, resource) END
  FROM scope
  CROSS JOIN LATERAL assignments_as_of(platform_tenant_id(), of_user, as_of) assignment
  JOIN roles_as_of(platform_tenant_id(), as_of) role ON role.role_id = assignment.role_id
  LEFT JOIN LATERAL (
    SELECT here.id, state_as_of(scope.tenant_id, 'membership', here.id::text, as_of) ->> 'status' AS status
    FROM membership here WHERE here.tenant_id = scope.tenant_id AND here.user_id = assignment.user_id) member ON true
  WHERE scope.tenant_id <> platform_tenant_id()
$$;
GRANT EXECUTE ON FUNCTION tenant_assignments_as_of(text, timestamptz, jsonb) TO rolecall_server;
