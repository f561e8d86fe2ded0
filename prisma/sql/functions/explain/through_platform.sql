-- Returns the platform roles that grant a permission in every tenant to a user now; with `or_in_reach` also where
-- only another resource would do. The user is named only when a member of the current tenant or the one asked about.
-- Returns nothing inside the platform's own tenant, whose roles are found like any tenant's.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION through_platform(wanted text, of_user text, resource jsonb, or_in_reach boolean) RETURNS TABLE (
  user_id text, role_id uuid, role_key text, role_name text, is_owner boolean, version int, way jsonb
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT
    CASE WHEN staff.user_id = of_user OR EXISTS (
      SELECT 1 FROM membership member
      WHERE member.tenant_id = tenant.id AND member.user_id = staff.user_id AND member.status <> 'left'
    ) THEN staff.user_id END,
    role.id, role.key, role.name, role.is_owner, role.version,
    CASE WHEN NOT role.is_owner THEN granting_chain(role.tenant_id, role.id, wanted, here.context) END
  FROM tenant
  JOIN membership staff
    ON staff.tenant_id = platform_tenant_id() AND staff.status = 'active'
  JOIN "user" person ON person.id = staff.user_id AND person.deleted_at IS NULL AND NOT person.banned
  JOIN active_assignment held ON held.tenant_id = staff.tenant_id AND held.membership_id = staff.id
  JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
  CROSS JOIN LATERAL (SELECT
    access_context(person.id, person.email, person.email_verified, tenant.id, tenant.slug, resource) AS context) here
  WHERE tenant.id = current_tenant_id()
    AND tenant.id <> platform_tenant_id()
    AND (of_user IS NULL OR staff.user_id = of_user)
    AND EXISTS (SELECT 1 FROM permission WHERE permission.code = wanted AND permission.retired_at IS NULL)
    AND (role.is_owner OR role.effective_permissions @> ARRAY[wanted] OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(role.conditional_permissions) AS entry
      WHERE entry ->> 'code' = wanted AND (conditions_hold(entry -> 'conditions', here.context)
        OR (or_in_reach AND conditions_in_reach(entry -> 'conditions', here.context)))))
$$;
GRANT EXECUTE ON FUNCTION through_platform(text, text, jsonb, boolean) TO rolecall_server;
