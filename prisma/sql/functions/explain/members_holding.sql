-- Returns up to a hundred members of the current tenant, by name, who seem to hold all of these permissions or are
-- staff, with what access_of() says they hold. Members share few sets of roles, so that the sets are examined first;
-- conditions and time are left to the caller.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION members_holding(wanted text[]) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], limited jsonb, platform_permissions text[], platform_limited jsonb
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH holding AS MATERIALIZED (
    SELECT held.membership_id, array_agg(held.role_id ORDER BY held.role_id) AS roles
    FROM membership_role held
    WHERE held.tenant_id = current_tenant_id() AND held.ended_at IS NULL
    GROUP BY held.membership_id
  ), enough AS MATERIALIZED (
    SELECT candidate.roles FROM (SELECT DISTINCT roles FROM holding) candidate
    WHERE NOT EXISTS (
      SELECT 1 FROM unnest(wanted) AS code WHERE NOT EXISTS (
        SELECT 1 FROM role
        WHERE role.tenant_id = current_tenant_id()
          AND role.id = ANY (candidate.roles) AND (role.is_owner OR role.effective_permissions @> ARRAY[code]
            OR role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', code)))))
  ), likely AS MATERIALIZED (
    SELECT member.tenant_id, member.user_id, member.sort_name, member.id
    FROM membership member
    WHERE member.tenant_id = current_tenant_id() AND member.status <> 'left'
      AND ((member.status = 'active'
          AND member.id IN (SELECT holding.membership_id FROM holding JOIN enough ON enough.roles = holding.roles))
        OR member.user_id IN (
          SELECT staff.user_id FROM membership staff WHERE staff.tenant_id = platform_tenant_id()))
    ORDER BY member.sort_name, member.id LIMIT 100
  )
  SELECT access.*
  FROM likely CROSS JOIN LATERAL access_of(likely.user_id, likely.tenant_id, '{}') access
  ORDER BY likely.sort_name, likely.id
$$;
GRANT EXECUTE ON FUNCTION members_holding(text[]) TO rolecall_server;
