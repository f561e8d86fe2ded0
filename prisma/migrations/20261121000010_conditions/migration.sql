-- When a grant applies (access/conditions.ts says what a term may be). This is the only place where conditions are judged.
-- `context` is {"user": {id, email, emailVerified}, "tenant": {id, slug}, "resource": {...}}. Whatever is missing, null, of
-- another type than the operator needs, or not known here, makes its term false, the negative operators included.
CREATE FUNCTION conditions_hold(conditions jsonb, context jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  term jsonb;
  have jsonb;
  want jsonb;
  have_type text;
  want_type text;
  is_met boolean;
BEGIN
  IF conditions IS NULL THEN RETURN true; END IF;
  IF jsonb_typeof(conditions) <> 'array' THEN RETURN false; END IF;
  IF jsonb_array_length(conditions) = 0 THEN RETURN false; END IF;
  FOR term IN SELECT jsonb_array_elements(conditions) LOOP
    have := context #> string_to_array(term ->> 'attribute', '.');
    want := term -> 'value';
    IF jsonb_typeof(want) = 'object' THEN
      want := context #> string_to_array(want ->> 'attribute', '.');
    END IF;
    have_type := jsonb_typeof(have);
    want_type := jsonb_typeof(want);
    is_met := CASE term ->> 'operator'
      WHEN 'equals' THEN have_type = want_type AND have_type IN ('string', 'number', 'boolean') AND have = want
      WHEN 'notEquals' THEN have_type = want_type AND have_type IN ('string', 'number', 'boolean') AND have <> want
      WHEN 'in' THEN want_type = 'array' AND have_type IN ('string', 'number', 'boolean') AND want @> have
      WHEN 'notIn' THEN want_type = 'array' AND have_type IN ('string', 'number', 'boolean') AND NOT want @> have
        AND NOT jsonb_path_exists(want, '$[*] ? (@.type() != $kind)', jsonb_build_object('kind', have_type))
      WHEN 'contains' THEN
        CASE
          WHEN have_type = 'array' THEN want_type IN ('string', 'number', 'boolean') AND have @> want
          ELSE have_type = 'string' AND want_type = 'string' AND strpos(have #>> '{}', want #>> '{}') > 0
        END
      ELSE
        CASE
          WHEN have_type = 'number' AND want_type = 'number' THEN
            CASE term ->> 'operator'
              WHEN 'lessThan' THEN have < want WHEN 'atMost' THEN have <= want
              WHEN 'greaterThan' THEN have > want WHEN 'atLeast' THEN have >= want
            END
          WHEN have_type = 'string' AND want_type = 'string' THEN
            CASE term ->> 'operator'
              WHEN 'lessThan' THEN (have #>> '{}') COLLATE "C" < (want #>> '{}')
              WHEN 'atMost' THEN (have #>> '{}') COLLATE "C" <= (want #>> '{}')
              WHEN 'greaterThan' THEN (have #>> '{}') COLLATE "C" > (want #>> '{}')
              WHEN 'atLeast' THEN (have #>> '{}') COLLATE "C" >= (want #>> '{}')
            END
        END
    END;
    IF is_met IS NOT TRUE THEN RETURN false; END IF;
  END LOOP;
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION conditions_hold(jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION conditions_hold(jsonb, jsonb) TO rolecall_server, rolecall_access;

-- Whether some resource could make them hold: the terms that look at no resource hold already.
CREATE FUNCTION conditions_in_reach(conditions jsonb, context jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.conditions_hold((
    SELECT jsonb_agg(term) FROM jsonb_array_elements(conditions) AS term
    WHERE term ->> 'attribute' NOT LIKE 'resource.%' AND coalesce(term #>> '{value,attribute}', '') NOT LIKE 'resource.%'
  ), context)
$$;

CREATE FUNCTION access_context(
  user_id text, email text, email_verified boolean, tenant_id uuid, tenant_slug text, resource jsonb
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'user', jsonb_build_object('id', user_id, 'email', email, 'emailVerified', email_verified),
    'tenant', jsonb_build_object('id', tenant_id, 'slug', tenant_slug), 'resource', resource)
$$;
REVOKE EXECUTE ON FUNCTION conditions_in_reach(jsonb, jsonb),
  access_context(text, text, boolean, uuid, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION conditions_in_reach(jsonb, jsonb),
  access_context(text, text, boolean, uuid, text, jsonb) TO rolecall_server, rolecall_access;

-- Beside what a role always gives, what it gives under conditions: [{code, conditions}], own and inherited, without the
-- codes that it also gives without any.
ALTER TABLE "role" ADD COLUMN "conditional_permissions" JSONB NOT NULL DEFAULT '[]';

CREATE FUNCTION keep_system_role_conditions() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'RC003', MESSAGE = 'system roles cannot be changed';
END $$;
REVOKE EXECUTE ON FUNCTION keep_system_role_conditions() FROM PUBLIC;
CREATE TRIGGER keep_system_role_conditions BEFORE UPDATE OF conditional_permissions ON role
  FOR EACH ROW WHEN (OLD.is_system AND OLD.conditional_permissions <> NEW.conditional_permissions)
  EXECUTE FUNCTION keep_system_role_conditions();

-- Whose rights may have changed by what is new here.
CREATE TRIGGER notify_access_conditions AFTER UPDATE OF conditional_permissions ON role
  FOR EACH ROW WHEN (OLD.conditional_permissions IS DISTINCT FROM NEW.conditional_permissions)
  EXECUTE FUNCTION notify_access('tenant_id');
CREATE TRIGGER notify_access_verified AFTER UPDATE ON "user"
  FOR EACH ROW WHEN (OLD.email_verified IS DISTINCT FROM NEW.email_verified) EXECUTE FUNCTION notify_access('id');
CREATE FUNCTION notify_everybody() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('rolecall_access', '*');
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION notify_everybody() FROM PUBLIC;
CREATE TRIGGER notify_everybody AFTER INSERT OR UPDATE OF retired_at ON permission
  FOR EACH STATEMENT EXECUTE FUNCTION notify_everybody();

DROP FUNCTION granting_chain(uuid, uuid, text);
GRANT CREATE ON SCHEMA public TO rolecall_access;
SET ROLE rolecall_access;
DROP FUNCTION actor_access();
DROP FUNCTION access_of(text, uuid);
DROP FUNCTION held_permissions(uuid, uuid);
DROP FUNCTION through_platform(text, text);
DROP FUNCTION members_holding(text[]);

-- What a membership holds at this moment in this context. `limited` has, for each code that is not simply held for good, the
-- ways in which it is held: {code: [{conditions, until}]}, without those that no resource could open. Retired codes are
-- held by nobody, but stay in `limited`: they would be held if they came back.
CREATE FUNCTION held_permissions(of_tenant uuid, of_membership uuid, context jsonb) RETURNS TABLE (codes text[], limited jsonb)
LANGUAGE sql STABLE AS $$
  SELECT
    coalesce(array_agg(given.code ORDER BY given.code) FILTER (WHERE given.is_held), '{}'),
    coalesce(jsonb_object_agg(given.code, given.ways) FILTER (WHERE given.ways IS NOT NULL AND NOT given.is_firm), '{}')
  FROM (
    SELECT granted.code,
      bool_or(asleep.code IS NULL AND (granted.conditions IS NULL OR public.conditions_hold(granted.conditions, context))) AS is_held,
      bool_or(asleep.code IS NULL AND granted.conditions IS NULL AND held.valid_until IS NULL) AS is_firm,
      jsonb_agg(jsonb_build_object('conditions', granted.conditions, 'until', held.valid_until))
        FILTER (WHERE (granted.conditions IS NOT NULL OR held.valid_until IS NOT NULL OR asleep.code IS NOT NULL)
          AND (granted.conditions IS NULL OR public.conditions_in_reach(granted.conditions, context))) AS ways
    FROM public.membership_role held
    JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
    JOIN public.tenant ON tenant.id = held.tenant_id
    CROSS JOIN LATERAL (
      SELECT unnest(role.effective_permissions) AS code, NULL::jsonb AS conditions
      UNION ALL
      SELECT entry ->> 'code', entry -> 'conditions' FROM jsonb_array_elements(role.conditional_permissions) AS entry
      UNION ALL
      SELECT permission.code, NULL FROM public.permission
      WHERE role.is_owner AND (permission.scope = 'tenant' OR tenant.kind = 'platform')
    ) granted
    LEFT JOIN public.permission asleep ON asleep.code = granted.code AND asleep.retired_at IS NOT NULL
    WHERE held.tenant_id = of_tenant AND held.membership_id = of_membership
      AND held.ended_at IS NULL
      AND held.valid_from <= clock_timestamp()
      AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())
    GROUP BY granted.code
  ) given
$$;

-- One row about any person in any tenant, for the guard and whoever asks about others. Platform roles are judged in the
-- context of the tenant that is asked about.
CREATE FUNCTION access_of(of_user text, of_tenant uuid, resource jsonb) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], limited jsonb, platform_permissions text[], platform_limited jsonb
)
LANGUAGE sql STABLE AS $$
  SELECT
    actor.id, actor.name, actor.email, actor.email_verified,
    CASE WHEN actor.id IS NULL THEN NULL WHEN actor.deleted_at IS NOT NULL THEN 'deleted' WHEN actor.banned THEN 'banned' ELSE 'active' END,
    tenant.id, tenant.slug, tenant.status::text, tenant.kind::text,
    member.id, member.status::text,
    coalesce(own.codes, '{}'), coalesce(own.limited, '{}'), coalesce(platform.codes, '{}'), coalesce(platform.limited, '{}')
  FROM (SELECT of_user AS user_id, of_tenant AS tenant_id) scope
  LEFT JOIN public."user" actor ON actor.id = scope.user_id
  LEFT JOIN public.tenant ON tenant.id = scope.tenant_id
  LEFT JOIN public.membership member
    ON member.tenant_id = scope.tenant_id AND member.user_id = actor.id AND member.status <> 'left'
  LEFT JOIN public.membership staff
    ON staff.tenant_id = '00000000-0000-7000-8000-000000000001' AND staff.user_id = actor.id AND staff.status <> 'left'
  LEFT JOIN LATERAL (
    SELECT held.codes, held.limited
    FROM public.held_permissions(member.tenant_id, member.id,
      public.access_context(actor.id, actor.email, actor.email_verified, tenant.id, tenant.slug, resource)) held
    WHERE actor.deleted_at IS NULL AND NOT actor.banned AND member.status = 'active' AND tenant.status IN ('trialing', 'active')
  ) own ON true
  LEFT JOIN LATERAL (
    SELECT held.codes, held.limited
    FROM public.held_permissions(staff.tenant_id, staff.id,
      public.access_context(actor.id, actor.email, actor.email_verified, tenant.id, tenant.slug, resource)) held
    WHERE actor.deleted_at IS NULL AND NOT actor.banned AND staff.status = 'active'
  ) platform ON true
$$;

-- The current actor in the current tenant. Columns are null where there is nothing: an unknown user, no such tenant, no membership.
CREATE FUNCTION actor_access(resource jsonb DEFAULT '{}') RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], limited jsonb, platform_permissions text[], platform_limited jsonb
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT * FROM public.access_of(
    nullif(current_setting('app.current_user_id', true), ''),
    nullif(current_setting('app.current_tenant_id', true), '')::uuid, resource)
$$;

CREATE OR REPLACE FUNCTION actor_memberships() RETURNS TABLE (
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
      THEN (SELECT held.codes FROM public.held_permissions(member.tenant_id, member.id,
        public.access_context(actor.id, actor.email, actor.email_verified, tenant.id, tenant.slug, '{}')) held)
      ELSE '{}' END
  FROM public.membership member
  JOIN public.tenant ON tenant.id = member.tenant_id
  JOIN public."user" actor ON actor.id = member.user_id AND actor.deleted_at IS NULL AND NOT actor.banned
  WHERE member.user_id = nullif(current_setting('app.current_user_id', true), '') AND member.status <> 'left'
  ORDER BY tenant.kind, tenant.name, tenant.id
$$;

-- May these people do these things? [{userId, tenantId, permission, resource}] -> one answer for each, in order. Only the
-- platform asks about other tenants; for everybody else another tenant is as one that does not exist. Each person is read
-- once: what is held without a resource is held with any, so only what is left looks at the resources.
CREATE OR REPLACE FUNCTION access_check(checks jsonb) RETURNS boolean[]
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH asked AS MATERIALIZED (
    SELECT item ->> 'userId' AS user_id, (item ->> 'tenantId')::uuid AS tenant_id, item ->> 'permission' AS permission,
      coalesce(item -> 'resource', '{}') AS resource, place
    FROM jsonb_array_elements(checks) WITH ORDINALITY AS each (item, place)
  ), held AS MATERIALIZED (
    SELECT access.*, access.permissions || access.platform_permissions AS codes
    FROM (
      SELECT DISTINCT asked.user_id, asked.tenant_id FROM asked
      WHERE nullif(current_setting('app.current_tenant_id', true), '')::uuid
        IN (asked.tenant_id, '00000000-0000-7000-8000-000000000001')
    ) person
    CROSS JOIN LATERAL public.access_of(person.user_id, person.tenant_id, '{}') access
    WHERE access.user_state = 'active' AND access.tenant_id IS NOT NULL
  )
  SELECT coalesce(array_agg(coalesce(asked.permission = ANY (held.codes) OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(coalesce(held.limited -> asked.permission, '[]')
        || coalesce(held.platform_limited -> asked.permission, '[]')) AS way
      WHERE public.conditions_hold(way -> 'conditions', public.access_context(held.user_id, held.user_email,
          held.user_email_verified, held.tenant_id, held.tenant_slug, asked.resource))
        AND NOT EXISTS (SELECT 1 FROM public.permission WHERE permission.code = asked.permission AND permission.retired_at IS NOT NULL)
    ), false) ORDER BY asked.place), '{}')
  FROM asked LEFT JOIN held ON held.user_id = asked.user_id AND held.tenant_id = asked.tenant_id
$$;

-- How a role comes to grant a permission: {chain, conditions, isMet}, where `chain` are the roles from this one up to the nearest
-- ancestor that grants it always, or else whose grant holds in the context, or else is in reach, or else exists. Asks as its caller.
CREATE FUNCTION granting_chain(of_tenant uuid, of_role uuid, wanted text, context jsonb) RETURNS jsonb
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
  ), found AS (
    SELECT ancestor.chain, ancestor.depth, granted.conditions, public.conditions_hold(granted.conditions, context) AS is_met
    FROM ancestor
    JOIN public.role_permission granted
      ON granted.tenant_id = of_tenant AND granted.role_id = ancestor.id AND granted.permission_code = wanted
  )
  SELECT jsonb_build_object('chain', chain, 'conditions', conditions, 'isMet', is_met)
  FROM found ORDER BY is_met DESC, conditions IS NULL DESC, public.conditions_in_reach(conditions, context) DESC, depth LIMIT 1
$$;

-- The platform roles that give a permission everywhere to somebody now; with `or_in_reach` also where only another resource
-- would. Who that is, is said only of members of the current tenant and of the one person asked about. Inside the platform's own
-- tenant its roles are found like any tenant's.
CREATE FUNCTION through_platform(wanted text, of_user text, resource jsonb, or_in_reach boolean) RETURNS TABLE (
  user_id text, role_id uuid, role_key text, role_name text, is_owner boolean, version int, way jsonb
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT
    CASE WHEN staff.user_id = of_user OR EXISTS (
      SELECT 1 FROM public.membership member
      WHERE member.tenant_id = tenant.id AND member.user_id = staff.user_id AND member.status <> 'left'
    ) THEN staff.user_id END,
    role.id, role.key, role.name, role.is_owner, role.version,
    CASE WHEN NOT role.is_owner THEN public.granting_chain(role.tenant_id, role.id, wanted, here.context) END
  FROM public.tenant
  JOIN public.membership staff
    ON staff.tenant_id = '00000000-0000-7000-8000-000000000001' AND staff.status = 'active'
  JOIN public."user" person ON person.id = staff.user_id AND person.deleted_at IS NULL AND NOT person.banned
  JOIN public.membership_role held ON held.tenant_id = staff.tenant_id AND held.membership_id = staff.id
    AND held.ended_at IS NULL AND held.valid_from <= clock_timestamp()
    AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())
  JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
  CROSS JOIN LATERAL (SELECT
    public.access_context(person.id, person.email, person.email_verified, tenant.id, tenant.slug, resource) AS context) here
  WHERE tenant.id = nullif(current_setting('app.current_tenant_id', true), '')::uuid
    AND tenant.id <> '00000000-0000-7000-8000-000000000001'
    AND (of_user IS NULL OR staff.user_id = of_user)
    AND EXISTS (SELECT 1 FROM public.permission WHERE permission.code = wanted AND permission.retired_at IS NULL)
    AND (role.is_owner OR role.effective_permissions @> ARRAY[wanted] OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(role.conditional_permissions) AS entry
      WHERE entry ->> 'code' = wanted AND (public.conditions_hold(entry -> 'conditions', here.context)
        OR (or_in_reach AND public.conditions_in_reach(entry -> 'conditions', here.context)))))
$$;

-- Up to a hundred members of the current tenant, by name, who seem to hold all of these permissions, or are staff, with what
-- they truly hold. Members share few sets of roles, so the sets are looked at first, and conditions and time are left to the reader.
CREATE FUNCTION members_holding(wanted text[]) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], limited jsonb, platform_permissions text[], platform_limited jsonb
)
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
          AND role.id = ANY (candidate.roles) AND (role.is_owner OR role.effective_permissions @> ARRAY[code]
            OR role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', code)))))
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
  SELECT access.*
  FROM likely CROSS JOIN LATERAL public.access_of(likely.user_id, likely.tenant_id, '{}') access
  ORDER BY likely.sort_name, likely.id
$$;

-- Which living roles carry a permission, own or inherited, and how many people hold one of them now or later: one row for each
-- tenant, for the platform only. Owners are not counted: they hold whatever there is.
CREATE FUNCTION permission_usage(wanted text) RETURNS TABLE (
  tenant_id uuid, tenant_slug text, tenant_name text, roles jsonb, members int
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT tenant.id, tenant.slug, tenant.name, carrying.roles, (
      SELECT count(DISTINCT held.membership_id)::int FROM public.membership_role held
      JOIN public.membership member
        ON member.tenant_id = held.tenant_id AND member.id = held.membership_id AND member.status <> 'left'
      WHERE held.tenant_id = tenant.id AND held.role_id = ANY (carrying.ids) AND held.ended_at IS NULL
        AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp()))
  FROM (
    SELECT role.tenant_id, array_agg(role.id) AS ids,
      jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name) ORDER BY role.name) AS roles
    FROM public.role
    WHERE role.deleted_at IS NULL AND (role.effective_permissions @> ARRAY[wanted]
      OR role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', wanted)))
    GROUP BY role.tenant_id
  ) carrying JOIN public.tenant ON tenant.id = carrying.tenant_id
  WHERE nullif(current_setting('app.current_tenant_id', true), '')::uuid = '00000000-0000-7000-8000-000000000001'
  ORDER BY 5 DESC, tenant.name, tenant.id
$$;

REVOKE EXECUTE ON FUNCTION held_permissions(uuid, uuid, jsonb), access_of(text, uuid, jsonb), actor_access(jsonb),
  granting_chain(uuid, uuid, text, jsonb), through_platform(text, text, jsonb, boolean), members_holding(text[]),
  permission_usage(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION actor_access(jsonb), granting_chain(uuid, uuid, text, jsonb),
  through_platform(text, text, jsonb, boolean), members_holding(text[]), permission_usage(text) TO rolecall_server;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
