-- Returns up to a hundred members of the current tenant, by name, who seem to hold all of these permissions or are
-- staff, with what access_of() says they hold. Members share few sets of roles, so that the sets are examined first;
-- conditions and time are left to the caller.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION members_with_permissions(codes text[]) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_key text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], conditional_grants jsonb, platform_permissions text[], platform_conditional_grants jsonb
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH assigned AS MATERIALIZED (
    SELECT assignment.membership_id, array_agg(assignment.role_id ORDER BY assignment.role_id) AS roles
    FROM membership_role assignment
    WHERE assignment.tenant_id = current_tenant_id() AND assignment.ended_at IS NULL
    GROUP BY assignment.membership_id
  ), sufficient AS MATERIALIZED (
    SELECT distinct_set.roles FROM (SELECT DISTINCT roles FROM assigned) distinct_set
    WHERE NOT EXISTS (
      SELECT 1 FROM unnest(codes) AS code WHERE NOT EXISTS (
        SELECT 1 FROM role
        WHERE role.tenant_id = current_tenant_id() AND role.id = ANY (distinct_set.roles)
          AND (role.is_owner OR role.effective_permissions @> ARRAY[code]
            OR role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', code)))))
  ), candidate AS MATERIALIZED (
    SELECT member.tenant_id, member.user_id, member.sort_name, member.id
    FROM membership member
    WHERE member.tenant_id = current_tenant_id() AND member.status <> 'left'
      AND ((member.status = 'active' AND member.id IN (
          SELECT assigned.membership_id FROM assigned JOIN sufficient ON sufficient.roles = assigned.roles))
        OR member.user_id IN (
          SELECT staff.user_id FROM membership staff WHERE staff.tenant_id = platform_tenant_id()))
    ORDER BY member.sort_name, member.id LIMIT 100
  )
  SELECT access.*
  FROM candidate CROSS JOIN LATERAL access_of(candidate.user_id, candidate.tenant_id, '{}') access
  ORDER BY candidate.sort_name, candidate.id
$$;
GRANT EXECUTE ON FUNCTION members_with_permissions(text[]) TO rolecall_server;
