-- What may the current actor do? Both settings come from db/tenant-tx.ts; the functions answer only about that actor,
-- and read across the tenant wall because a platform role counts in every tenant.
GRANT CREATE ON SCHEMA public TO rolecall_access;

-- The permissions a membership holds at this moment. Not callable by any login: the functions below share it.
CREATE FUNCTION held_permissions(of_tenant uuid, of_membership uuid) RETURNS text[]
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT granted.code ORDER BY granted.code), '{}')
  FROM public.membership_role held
  JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
  JOIN public.tenant ON tenant.id = held.tenant_id
  CROSS JOIN LATERAL (
    SELECT unnest(role.effective_permissions) AS code
    UNION ALL
    SELECT permission.code FROM public.permission
    WHERE role.is_owner AND permission.retired_at IS NULL
      AND (permission.scope = 'tenant' OR tenant.kind = 'platform')
  ) granted
  WHERE held.tenant_id = of_tenant AND held.membership_id = of_membership
    AND held.ended_at IS NULL
    AND held.valid_from <= clock_timestamp()
    AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())
$$;

-- One row about the current actor in the current tenant. Columns are null where there is nothing: an unknown user, no such tenant, no membership.
CREATE FUNCTION actor_access() RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], platform_permissions text[]
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    actor.id, actor.name, actor.email, actor.email_verified,
    CASE WHEN actor.id IS NULL THEN NULL WHEN actor.deleted_at IS NOT NULL THEN 'deleted' WHEN actor.banned THEN 'banned' ELSE 'active' END,
    tenant.id, tenant.status::text, tenant.kind::text,
    member.id, member.status::text,
    CASE WHEN actor.deleted_at IS NULL AND NOT actor.banned AND member.status = 'active' AND tenant.status IN ('trialing', 'active')
      THEN public.held_permissions(member.tenant_id, member.id) ELSE '{}' END,
    CASE WHEN actor.deleted_at IS NULL AND NOT actor.banned AND staff.status = 'active'
      THEN public.held_permissions(staff.tenant_id, staff.id) ELSE '{}' END
  FROM (SELECT
    nullif(current_setting('app.current_user_id', true), '') AS user_id,
    nullif(current_setting('app.current_tenant_id', true), '')::uuid AS tenant_id) scope
  LEFT JOIN public."user" actor ON actor.id = scope.user_id
  LEFT JOIN public.tenant ON tenant.id = scope.tenant_id
  LEFT JOIN public.membership member
    ON member.tenant_id = scope.tenant_id AND member.user_id = actor.id AND member.status <> 'left'
  LEFT JOIN public.membership staff
    ON staff.tenant_id = '00000000-0000-7000-8000-000000000001' AND staff.user_id = actor.id AND staff.status <> 'left'
$$;

-- Every tenant the current actor belongs to, with roles held now.
CREATE FUNCTION actor_memberships() RETURNS TABLE (
  tenant_id uuid, tenant_slug text, tenant_name text, tenant_kind text, tenant_status text,
  membership_id uuid, membership_status text, roles jsonb, permissions text[]
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    tenant.id, tenant.slug, tenant.name, tenant.kind::text, tenant.status::text, member.id, member.status::text,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name) ORDER BY held.is_primary DESC, role.name)
      FROM public.membership_role held
      JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
      WHERE held.tenant_id = member.tenant_id AND held.membership_id = member.id AND held.ended_at IS NULL
        AND held.valid_from <= clock_timestamp() AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())
    ), '[]'),
    CASE WHEN member.status = 'active' AND tenant.status IN ('trialing', 'active')
      THEN public.held_permissions(member.tenant_id, member.id) ELSE '{}' END
  FROM public.membership member
  JOIN public.tenant ON tenant.id = member.tenant_id
  JOIN public."user" actor ON actor.id = member.user_id AND actor.deleted_at IS NULL AND NOT actor.banned
  WHERE member.user_id = nullif(current_setting('app.current_user_id', true), '') AND member.status <> 'left'
  ORDER BY tenant.kind, tenant.name, tenant.id
$$;

-- Which open invitation a token names. The caller proves to hold the token by its hash.
CREATE FUNCTION invitation_of_token(hash bytea) RETURNS TABLE (tenant_id uuid, invitation_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT invitation.tenant_id, invitation.id FROM public.invitation WHERE invitation.token_hash = hash
$$;

DO $$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'held_permissions(uuid, uuid)', 'actor_access()', 'actor_memberships()', 'invitation_of_token(bytea)'
  ] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', signature);
    IF signature NOT LIKE 'held_permissions%' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO rolecall_server', signature);
    END IF;
    EXECUTE format('ALTER FUNCTION %s OWNER TO rolecall_access', signature);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
