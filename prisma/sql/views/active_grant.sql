-- What memberships are granted now: one row for each assignment in effect and each permission of its role, with the conditions under which
-- the permission is held. `is_retired`: not held, but it would be if it were restored.
CREATE OR REPLACE VIEW active_grant WITH (security_invoker = true) AS
  SELECT assignment.tenant_id, assignment.membership_id, assignment.valid_until, granted.code, granted.conditions,
    granted.code = ANY (ARRAY(SELECT code FROM permission WHERE retired_at IS NOT NULL)) AS is_retired
  FROM active_assignment assignment
  JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.deleted_at IS NULL
  CROSS JOIN LATERAL (
    SELECT unnest(role.effective_permissions) AS code, NULL::jsonb AS conditions
    UNION ALL
    SELECT entry ->> 'code', entry -> 'conditions' FROM jsonb_array_elements(role.conditional_permissions) AS entry
    UNION ALL
    SELECT permission.code, NULL FROM permission
    WHERE role.is_owner AND (permission.scope = 'tenant' OR assignment.tenant_id = platform_tenant_id())
  ) granted;
GRANT SELECT ON active_grant TO rolecall_access;
