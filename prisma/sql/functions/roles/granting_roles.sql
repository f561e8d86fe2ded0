-- Returns the roles of a tenant that grant a permission, own or inherited. `alternatives` are the conditions any of which
-- must hold, null where the role grants it unconditionally. A retired permission is granted by no role. Runs as its caller.
CREATE OR REPLACE FUNCTION granting_roles(of_tenant uuid, of_permission text) RETURNS TABLE (role_id uuid, alternatives jsonb)
LANGUAGE sql STABLE AS $$
  SELECT role.id, CASE WHEN NOT grants.is_unconditional THEN (
    SELECT jsonb_agg(entry -> 'conditions') FROM jsonb_array_elements(role.conditional_permissions) AS entry
    WHERE entry ->> 'code' = of_permission) END
  FROM role
  JOIN tenant ON tenant.id = role.tenant_id
  JOIN permission ON permission.code = of_permission AND permission.retired_at IS NULL
  CROSS JOIN LATERAL (SELECT role.effective_permissions @> ARRAY[of_permission]
    OR (role.is_owner AND (permission.scope = 'tenant' OR tenant.kind = 'platform')) AS is_unconditional) grants
  WHERE role.tenant_id = of_tenant AND role.deleted_at IS NULL AND (grants.is_unconditional
    OR (NOT role.is_owner AND role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', of_permission))))
$$;
GRANT EXECUTE ON FUNCTION granting_roles(uuid, text) TO rolecall_server, rolecall_access;
