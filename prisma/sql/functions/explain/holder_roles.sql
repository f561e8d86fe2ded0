-- Returns the roles by which a membership of the current tenant holds a permission now, as JSON: what permission_holders()
-- counted, in detail, for the rows of one page. Runs as its caller.
CREATE OR REPLACE FUNCTION holder_roles(of_membership uuid, of_permission text, resource jsonb, include_conditional boolean)
RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner,
      'via', 'tenant', 'validUntil', assignment.valid_until,
      'conditions', CASE WHEN granting.alternatives IS NOT NULL
        THEN grant_path(role.tenant_id, role.id, of_permission, evaluated.context) -> 'conditions' END,
      'conditionsMet', grant_applies(granting.alternatives, evaluated.context, false)
    ) ORDER BY assignment.is_primary DESC, role.name)
  FROM active_assignment assignment
  JOIN granting_roles(current_tenant_id(), of_permission) granting ON granting.role_id = assignment.role_id
  JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
  JOIN tenant ON tenant.id = assignment.tenant_id
  JOIN "user" person ON person.id = assignment.user_id
  CROSS JOIN LATERAL (SELECT
    access_context(person.id, coalesce(person.email_key, person.email), person.email_verified, tenant.id, tenant.slug, resource) AS context) evaluated
  WHERE assignment.tenant_id = current_tenant_id() AND assignment.membership_id = of_membership
    AND grant_applies(granting.alternatives, evaluated.context, include_conditional)
$$;
GRANT EXECUTE ON FUNCTION holder_roles(uuid, text, jsonb, boolean) TO rolecall_server;
