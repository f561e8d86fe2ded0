-- What decides about access as it is now, in the form in which the access history keeps it:
-- kind        entity_id        state
-- tenant      the tenant       {status, kind, name, slug}
-- membership  the membership   {status, userId}
-- assignment  membership_role  {membershipId, roleId, isPrimary, validFrom, validUntil, ended}; times without zone, in UTC
-- role        the role         {key, name, isOwner, parentRoleId, version, deleted, own: [{code, conditions}]}
-- permission  the code         {scope, retired}      kept in the platform's tenant
-- user        the user         {banned, deleted}     kept in the platform's tenant, and only once one of them is true
-- No personal data: conditions about an e-mail address are evaluated against the address of today. `id` is the entity's
-- own key where that is a uuid, so that a look-up finds its index. No login reads this view.
CREATE OR REPLACE VIEW current_access WITH (security_invoker = true) AS
  SELECT id AS tenant_id, 'tenant' AS kind, id, id::text AS entity_id,
    jsonb_build_object('status', status, 'kind', kind, 'name', name, 'slug', slug) AS state
  FROM tenant
  UNION ALL
  SELECT tenant_id, 'membership', id, id::text, jsonb_build_object('status', status, 'userId', user_id)
  FROM membership
  UNION ALL
  SELECT tenant_id, 'assignment', id, id::text, jsonb_build_object('membershipId', membership_id, 'roleId', role_id,
    'isPrimary', is_primary, 'validFrom', valid_from AT TIME ZONE 'UTC', 'validUntil', valid_until AT TIME ZONE 'UTC',
    'ended', ended_at IS NOT NULL)
  FROM membership_role
  UNION ALL
  SELECT tenant_id, 'role', id, id::text, jsonb_build_object('key', key, 'name', name, 'isOwner', is_owner,
    'parentRoleId', parent_role_id, 'version', version, 'deleted', deleted_at IS NOT NULL, 'own', coalesce((
      SELECT jsonb_agg(jsonb_build_object('code', permission_code, 'conditions', conditions) ORDER BY permission_code)
      FROM role_permission granted WHERE granted.tenant_id = role.tenant_id AND granted.role_id = role.id), '[]'))
  FROM role
  UNION ALL
  SELECT platform_tenant_id(), 'permission', NULL, code,
    jsonb_build_object('scope', scope, 'retired', retired_at IS NOT NULL)
  FROM permission
  UNION ALL
  SELECT platform_tenant_id(), 'user', NULL, id,
    jsonb_build_object('banned', banned, 'deleted', deleted_at IS NOT NULL)
  FROM "user";
GRANT SELECT ON current_access TO rolecall_access;
