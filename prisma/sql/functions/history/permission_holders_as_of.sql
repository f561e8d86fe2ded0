-- Returns who held a permission in the current tenant, as permission_holders() does for now: the members of that time under
-- the names of today, and after them each platform role that granted it. Only met conditions count. Runs as its caller.
CREATE OR REPLACE FUNCTION permission_holders_as_of(of_permission text, as_of timestamptz, resource jsonb)
RETURNS TABLE (sort_key text, id uuid, user_id text, through_tenant boolean, conditions_met boolean, roles jsonb)
LANGUAGE sql STABLE AS $$
  WITH granting AS MATERIALIZED (
    SELECT assignment.via, assignment.membership_id, assignment.is_primary, role.role_id, role.state ->> 'name' AS role_name,
      jsonb_build_object('id', role.role_id, 'key', role.state ->> 'key', 'name', role.state ->> 'name',
        'isOwner', (role.state -> 'isOwner')::boolean, 'via', role.via, 'validUntil', assignment.valid_until,
        'conditionsMet', true, 'conditions', CASE WHEN NOT of_permission = ANY (role.unconditional) THEN (
          SELECT entry -> 'conditions' FROM jsonb_array_elements(role.conditional) entry
          WHERE entry ->> 'code' = of_permission LIMIT 1) END) AS role
    FROM tenant_assignments_as_of(NULL, as_of, resource) assignment
    JOIN tenant_roles_as_of(as_of) role ON role.role_id = assignment.role_id
    WHERE of_permission = ANY (role.unconditional) OR of_permission = ANY (assignment.met)
  ), member AS (
    SELECT '0' || membership.sort_name, membership.id, membership.user_id, bool_or(granting.via = 'tenant'), true,
      jsonb_agg(granting.role ORDER BY granting.via DESC, granting.is_primary DESC, granting.role_name)
    FROM granting
    JOIN membership ON membership.tenant_id = current_tenant_id() AND membership.id = granting.membership_id
    GROUP BY membership.id, membership.user_id, membership.sort_name
  ), platform_role AS (
    SELECT DISTINCT '1' || granting.role_name, granting.role_id, NULL::text, false, true, jsonb_build_array(granting.role)
    FROM granting WHERE granting.via = 'platform'
  )
  SELECT * FROM member UNION ALL SELECT * FROM platform_role
$$;
GRANT EXECUTE ON FUNCTION permission_holders_as_of(text, timestamptz, jsonb) TO rolecall_server;
