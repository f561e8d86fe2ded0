-- Who could give it, without asking the guard about each of thousands: members share few sets of roles, so the sets are
-- looked at first, and the guard's own function decides about the few members left.
GRANT CREATE ON SCHEMA public TO rolecall_access;
SET ROLE rolecall_access;

CREATE OR REPLACE FUNCTION members_holding(wanted text[]) RETURNS TABLE (user_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH holding AS MATERIALIZED (
    SELECT held.membership_id, array_agg(held.role_id ORDER BY held.role_id) AS roles
    FROM public.membership_role held
    WHERE held.tenant_id = nullif(current_setting('app.current_tenant_id', true), '')::uuid AND held.ended_at IS NULL
    GROUP BY held.membership_id
  ), enough AS MATERIALIZED (
    SELECT candidate.roles FROM (SELECT DISTINCT roles FROM holding) candidate
    WHERE NOT EXISTS (
      SELECT 1 FROM unnest(wanted) AS code WHERE NOT EXISTS (
        SELECT 1 FROM public.role
        WHERE role.tenant_id = nullif(current_setting('app.current_tenant_id', true), '')::uuid
          AND role.id = ANY (candidate.roles) AND (role.is_owner OR role.effective_permissions @> ARRAY[code])))
  ), likely AS MATERIALIZED (
    SELECT member.tenant_id, member.user_id, member.sort_name, member.id
    FROM public.membership member
    WHERE member.tenant_id = nullif(current_setting('app.current_tenant_id', true), '')::uuid AND member.status <> 'left'
      AND ((member.status = 'active'
          AND member.id IN (SELECT holding.membership_id FROM holding JOIN enough ON enough.roles = holding.roles))
        OR member.user_id IN (
          SELECT staff.user_id FROM public.membership staff WHERE staff.tenant_id = '00000000-0000-7000-8000-000000000001'))
    ORDER BY member.sort_name, member.id LIMIT 100
  )
  SELECT likely.user_id
  FROM likely CROSS JOIN LATERAL public.access_of(likely.user_id, likely.tenant_id) access
  WHERE access.permissions || access.platform_permissions @> wanted
  ORDER BY likely.sort_name, likely.id LIMIT 10
$$;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
