-- Returns all that surrounds one decision in the current tenant, in one row: the tenant, the permission (null: unknown), what
-- the tenant may know of the user (null: nothing), the user's assignments of roles that grant the permission, whether current,
-- upcoming or ended, and the ids of all roles the user holds now or later. Runs as its caller.
CREATE OR REPLACE FUNCTION access_snapshot(of_user text, of_permission text, context jsonb)
RETURNS TABLE (tenant jsonb, permission jsonb, person jsonb, assignments jsonb, assigned_role_ids jsonb)
LANGUAGE sql STABLE AS $$
  WITH member AS MATERIALIZED (
    SELECT id FROM membership WHERE tenant_id = current_tenant_id() AND user_id = of_user AND status <> 'left'
  ), granting_assignment AS (
    SELECT assignment.is_primary, role.name AS role_name, assignment.valid_from,
      jsonb_build_object('via', 'tenant', 'membershipId', assignment.membership_id,
        'role', jsonb_build_object(
          'id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner, 'version', role.version),
        'state', CASE
          WHEN assignment.ended_at IS NOT NULL OR assignment.valid_until <= clock_timestamp() THEN 'ended'
          WHEN assignment.valid_from > clock_timestamp() THEN 'upcoming' ELSE 'current' END,
        'path', found.path, 'conditionsMet', coalesce((found.path -> 'conditionsMet')::boolean, true),
        'validFrom', assignment.valid_from, 'validUntil', assignment.valid_until, 'grantedAt', assignment.created_at,
        'endedAt', least(assignment.ended_at, assignment.valid_until),
        'grantedBy', CASE WHEN assignment.granted_by IS NOT NULL THEN jsonb_build_object(
          'id', assignment.granted_by, 'name', coalesce(granter.name, assignment.granted_by)) END) AS detail
    FROM member
    JOIN membership_role assignment ON assignment.tenant_id = current_tenant_id() AND assignment.membership_id = member.id
    JOIN granting_roles(current_tenant_id(), of_permission) granting ON granting.role_id = assignment.role_id
    JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
    LEFT JOIN audit_subject granter
      ON granter.tenant_id = assignment.tenant_id AND granter.user_id = assignment.granted_by
    CROSS JOIN LATERAL (SELECT CASE WHEN NOT role.is_owner
      THEN grant_path(role.tenant_id, role.id, of_permission, context) END AS path) found
  ), assigned_role AS (
    SELECT DISTINCT role.id
    FROM member
    JOIN open_assignment assignment ON assignment.tenant_id = current_tenant_id() AND assignment.membership_id = member.id
    JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.deleted_at IS NULL
  )
  SELECT
    jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug),
    (SELECT jsonb_build_object('code', code, 'description', description, 'scope', scope, 'isSystem', is_system,
        'state', CASE WHEN retired_at IS NULL THEN 'active' ELSE 'retired' END)
     FROM permission WHERE code = of_permission),
    (SELECT jsonb_build_object('id', id, 'name', name, 'email', email, 'imageUrl', image_url)
     FROM "user" WHERE id = of_user),
    coalesce((SELECT jsonb_agg(detail ORDER BY is_primary DESC, role_name, valid_from) FROM granting_assignment), '[]'),
    coalesce((SELECT jsonb_agg(id) FROM assigned_role), '[]')
  FROM tenant WHERE tenant.id = current_tenant_id()
$$;
GRANT EXECUTE ON FUNCTION access_snapshot(text, text, jsonb) TO rolecall_server;
