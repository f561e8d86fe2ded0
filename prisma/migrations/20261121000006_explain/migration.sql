-- Why somebody may do something here, and who else may. The functions that run as their owner answer only inside the
-- current tenant, and say of the platform's staff nothing but the platform role that gives a permission.
GRANT CREATE ON SCHEMA public TO rolecall_access;
CREATE POLICY access_read ON role_permission FOR SELECT TO rolecall_access USING (true);
GRANT SELECT ON role_permission TO rolecall_access;

-- The roles from one role up to its nearest ancestor that grants the permission itself, as {id, key, name}. Asks as its caller.
CREATE FUNCTION granting_chain(of_tenant uuid, of_role uuid, wanted text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE ancestor AS (
    SELECT role.id, role.parent_role_id, 0 AS depth,
      jsonb_build_array(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name)) AS chain
    FROM public.role WHERE role.tenant_id = of_tenant AND role.id = of_role
    UNION ALL
    SELECT role.id, role.parent_role_id, ancestor.depth + 1,
      ancestor.chain || jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name)
    FROM ancestor
    JOIN public.role ON role.tenant_id = of_tenant AND role.id = ancestor.parent_role_id AND role.deleted_at IS NULL
    WHERE ancestor.depth < 8
  )
  SELECT ancestor.chain FROM ancestor
  JOIN public.role_permission granted
    ON granted.tenant_id = of_tenant AND granted.role_id = ancestor.id AND granted.permission_code = wanted
  ORDER BY ancestor.depth LIMIT 1
$$;

-- The platform roles that give a permission everywhere to somebody now. Who that is, is said only of members of the current
-- tenant and of the one person asked about. Inside the platform's own tenant its roles are found like any tenant's.
CREATE FUNCTION through_platform(wanted text, of_user text) RETURNS TABLE (
  user_id text, role_id uuid, role_key text, role_name text, is_owner boolean, version int, chain jsonb
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT
    CASE WHEN staff.user_id = of_user OR EXISTS (
      SELECT 1 FROM public.membership member
      WHERE member.tenant_id = scope.tenant_id AND member.user_id = staff.user_id AND member.status <> 'left'
    ) THEN staff.user_id END,
    role.id, role.key, role.name, role.is_owner, role.version,
    CASE WHEN NOT role.is_owner THEN public.granting_chain(role.tenant_id, role.id, wanted) END
  FROM (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid AS tenant_id,
    '00000000-0000-7000-8000-000000000001'::uuid AS platform_id) scope
  JOIN public.membership staff ON staff.tenant_id = scope.platform_id AND staff.status = 'active'
  JOIN public."user" person ON person.id = staff.user_id AND person.deleted_at IS NULL AND NOT person.banned
  JOIN public.membership_role held ON held.tenant_id = staff.tenant_id AND held.membership_id = staff.id
    AND held.ended_at IS NULL AND held.valid_from <= clock_timestamp()
    AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())
  JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
  WHERE scope.tenant_id <> scope.platform_id
    AND (of_user IS NULL OR staff.user_id = of_user)
    AND (role.effective_permissions @> ARRAY[wanted] OR (role.is_owner AND EXISTS (
      SELECT 1 FROM public.permission WHERE permission.code = wanted AND permission.retired_at IS NULL)))
$$;

-- Up to ten members of the current tenant who hold all of these permissions in it now, by name.
CREATE FUNCTION members_holding(wanted text[]) RETURNS TABLE (user_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH likely AS MATERIALIZED (
    -- Cheap first: who holds a role with the first of them, or is staff.
    SELECT member.tenant_id, member.user_id, member.sort_name, member.id
    FROM public.membership member
    WHERE member.tenant_id = nullif(current_setting('app.current_tenant_id', true), '')::uuid AND member.status <> 'left'
      AND (
        EXISTS (
          SELECT 1 FROM public.membership_role held
          JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id
          WHERE held.tenant_id = member.tenant_id AND held.membership_id = member.id AND held.ended_at IS NULL
            AND (role.is_owner OR role.effective_permissions @> wanted[1:1]))
        OR EXISTS (
          SELECT 1 FROM public.membership staff
          WHERE staff.tenant_id = '00000000-0000-7000-8000-000000000001' AND staff.user_id = member.user_id))
  )
  SELECT likely.user_id
  FROM likely CROSS JOIN LATERAL public.access_of(likely.user_id, likely.tenant_id) access
  WHERE access.permissions || access.platform_permissions @> wanted
  ORDER BY likely.sort_name, likely.id LIMIT 10
$$;

REVOKE EXECUTE ON FUNCTION granting_chain(uuid, uuid, text), through_platform(text, text), members_holding(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION granting_chain(uuid, uuid, text), through_platform(text, text), members_holding(text[]) TO rolecall_server;
GRANT EXECUTE ON FUNCTION granting_chain(uuid, uuid, text) TO rolecall_access;
ALTER FUNCTION through_platform(text, text) OWNER TO rolecall_access;
ALTER FUNCTION members_holding(text[]) OWNER TO rolecall_access;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
