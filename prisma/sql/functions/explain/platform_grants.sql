-- Returns the platform roles that grant a permission in every tenant, to a user or (null) to all, now; with
-- `include_conditional` also where only another resource would do. A holder is named only when a member of the current
-- tenant or the user in question. Returns nothing inside the platform's own tenant, whose roles are found like any tenant's.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION platform_grants(of_permission text, of_user text, resource jsonb, include_conditional boolean)
RETURNS TABLE (user_id text, role_id uuid, role_key text, role_name text, is_owner boolean, version int, path jsonb)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT
    CASE WHEN staff.user_id = of_user OR EXISTS (
      SELECT 1 FROM membership member
      WHERE member.tenant_id = tenant.id AND member.user_id = staff.user_id AND member.status <> 'left'
    ) THEN staff.user_id END,
    role.id, role.key, role.name, role.is_owner, role.version,
    CASE WHEN NOT role.is_owner THEN grant_path(role.tenant_id, role.id, of_permission, evaluated.context) END
  FROM tenant
  JOIN membership staff ON staff.tenant_id = platform_tenant_id() AND staff.status = 'active'
  JOIN "user" person ON person.id = staff.user_id AND person.deleted_at IS NULL AND NOT person.banned
  JOIN active_assignment assignment ON assignment.tenant_id = staff.tenant_id AND assignment.membership_id = staff.id
  JOIN granting_roles(platform_tenant_id(), of_permission) granting ON granting.role_id = assignment.role_id
  JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
  CROSS JOIN LATERAL (SELECT
    access_context(person.id, coalesce(person.email_key, person.email), person.email_verified, tenant.id, tenant.slug, resource) AS context) evaluated
  WHERE tenant.id = current_tenant_id() AND tenant.id <> platform_tenant_id()
    AND (of_user IS NULL OR staff.user_id = of_user)
    AND grant_applies(granting.alternatives, evaluated.context, include_conditional)
$$;
GRANT EXECUTE ON FUNCTION platform_grants(text, text, jsonb, boolean) TO rolecall_server;
