-- Who could do what at any past moment: what decides about access, kept as it was after each commit that changed it.
-- kind        entity_id        state
-- tenant      the tenant       {status, kind, name, slug}
-- membership  the membership   {status, userId}
-- holding     membership_role  {membershipId, roleId, isPrimary, validFrom, validUntil, ended}; times without zone, in UTC
-- role        the role         {key, name, isOwner, parentRoleId, version, deleted, own: [{code, conditions}]}
-- permission  the code         {scope, retired}      kept in the platform's tenant
-- user        the person       {banned, deleted}     kept in the platform's tenant, and only once one of them is true
-- No personal data: conditions about a person's address are judged by the address of today.
CREATE TABLE "access_state" (
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "state" JSONB NOT NULL,

    CONSTRAINT "access_state_pkey" PRIMARY KEY ("tenant_id","kind","entity_id","at")
);

-- CreateIndex
CREATE INDEX "access_state_tenant_id_at_idx" ON "access_state"("tenant_id", "at");

-- 1. It only grows, and no login writes it: the triggers below do, as the role that owns the decision. The migrating owner may
-- add rows with a date of its own, as it may in the audit log.
ALTER TABLE access_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_state FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON access_state AS RESTRICTIVE FOR ALL TO rolecall_server, CURRENT_USER
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_select ON access_state FOR SELECT TO rolecall_server, CURRENT_USER
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_insert ON access_state FOR INSERT TO CURRENT_USER
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY access_read ON access_state FOR SELECT TO rolecall_access USING (true);
CREATE POLICY access_insert ON access_state FOR INSERT TO rolecall_access WITH CHECK (true);
GRANT SELECT ON access_state TO rolecall_server;
GRANT SELECT, INSERT ON access_state TO rolecall_access;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON access_state FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_empty BEFORE TRUNCATE ON access_state FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE access_state ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE access_state ENABLE ALWAYS TRIGGER never_empty;

-- 2. Everything as it is now, in the form in which it is remembered. For the functions below; no login reads it.
-- `id` is the entity's own key where that is a uuid, so that a look-up finds its index.
CREATE VIEW access_now WITH (security_invoker = true) AS
  SELECT id AS tenant_id, 'tenant' AS kind, id, id::text AS entity_id, created_at AS since,
    jsonb_build_object('status', status, 'kind', kind, 'name', name, 'slug', slug) AS state
  FROM tenant
  UNION ALL
  SELECT tenant_id, 'membership', id, id::text, created_at, jsonb_build_object('status', status, 'userId', user_id)
  FROM membership
  UNION ALL
  SELECT tenant_id, 'holding', id, id::text, created_at, jsonb_build_object('membershipId', membership_id, 'roleId', role_id,
    'isPrimary', is_primary, 'validFrom', valid_from AT TIME ZONE 'UTC', 'validUntil', valid_until AT TIME ZONE 'UTC',
    'ended', ended_at IS NOT NULL)
  FROM membership_role
  UNION ALL
  SELECT tenant_id, 'role', id, id::text, created_at, jsonb_build_object('key', key, 'name', name, 'isOwner', is_owner,
    'parentRoleId', parent_role_id, 'version', version, 'deleted', deleted_at IS NOT NULL, 'own', coalesce((
      SELECT jsonb_agg(jsonb_build_object('code', permission_code, 'conditions', conditions) ORDER BY permission_code)
      FROM role_permission granted WHERE granted.tenant_id = role.tenant_id AND granted.role_id = role.id), '[]'))
  FROM role
  UNION ALL
  SELECT '00000000-0000-7000-8000-000000000001', 'permission', NULL, code, created_at,
    jsonb_build_object('scope', scope, 'retired', retired_at IS NOT NULL)
  FROM permission
  UNION ALL
  SELECT '00000000-0000-7000-8000-000000000001', 'user', NULL, id, created_at,
    jsonb_build_object('banned', banned, 'deleted', deleted_at IS NOT NULL)
  FROM "user";
GRANT SELECT ON access_now TO rolecall_access;

-- 3. At commit, what differs from what was remembered last is added. The times of one entity only rise, whatever the clock does.
CREATE FUNCTION remember_access() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  present public.access_now;
  last public.access_state;
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'tenant' THEN
      SELECT * INTO present FROM public.access_now WHERE kind = 'tenant' AND id = NEW.id;
    WHEN 'membership' THEN
      SELECT * INTO present FROM public.access_now WHERE kind = 'membership' AND tenant_id = NEW.tenant_id AND id = NEW.id;
    WHEN 'membership_role' THEN
      SELECT * INTO present FROM public.access_now WHERE kind = 'holding' AND tenant_id = NEW.tenant_id AND id = NEW.id;
    WHEN 'role' THEN
      SELECT * INTO present FROM public.access_now WHERE kind = 'role' AND tenant_id = NEW.tenant_id AND id = NEW.id;
    WHEN 'role_permission' THEN
      IF TG_OP = 'DELETE' THEN
        SELECT * INTO present FROM public.access_now WHERE kind = 'role' AND tenant_id = OLD.tenant_id AND id = OLD.role_id;
      ELSE
        SELECT * INTO present FROM public.access_now WHERE kind = 'role' AND tenant_id = NEW.tenant_id AND id = NEW.role_id;
      END IF;
    WHEN 'permission' THEN
      SELECT * INTO present FROM public.access_now WHERE kind = 'permission' AND entity_id = NEW.code;
    WHEN 'user' THEN
      SELECT * INTO present FROM public.access_now WHERE kind = 'user' AND entity_id = NEW.id;
  END CASE;
  SELECT * INTO last FROM public.access_state remembered
  WHERE remembered.tenant_id = present.tenant_id AND remembered.kind = present.kind AND remembered.entity_id = present.entity_id
  ORDER BY remembered.at DESC LIMIT 1;
  IF last.state IS DISTINCT FROM present.state
    AND NOT (last.state IS NULL AND present.kind = 'user' AND present.state = '{"banned": false, "deleted": false}')
  THEN
    INSERT INTO public.access_state (tenant_id, kind, entity_id, at, state)
    VALUES (present.tenant_id, present.kind, present.entity_id,
      greatest(clock_timestamp(), last.at + interval '1 microsecond'), present.state);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION remember_access() FROM PUBLIC;

DO $$
DECLARE
  watched record;
BEGIN
  FOR watched IN SELECT * FROM (VALUES
    ('tenant', 'INSERT OR UPDATE OF status, kind, name, slug'),
    ('membership', 'INSERT OR UPDATE OF status, user_id'),
    ('membership_role', 'INSERT OR UPDATE'),
    ('role', 'INSERT OR UPDATE OF key, name, is_owner, parent_role_id, version, deleted_at'),
    ('role_permission', 'INSERT OR UPDATE OR DELETE'),
    ('permission', 'INSERT OR UPDATE OF scope, retired_at'),
    ('user', 'INSERT OR UPDATE OF banned, deleted_at')
  ) AS v (name, events) LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER remembered AFTER %s ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION remember_access()',
      watched.events, watched.name);
  END LOOP;
END $$;

GRANT CREATE ON SCHEMA public TO rolecall_access;
ALTER FUNCTION remember_access() OWNER TO rolecall_access;
SET ROLE rolecall_access;

-- 4. What is already there was so since it was made, as far as anybody knows.
INSERT INTO access_state (tenant_id, kind, entity_id, at, state)
SELECT tenant_id, kind, entity_id, since, state FROM access_now
WHERE kind <> 'user' OR state <> '{"banned": false, "deleted": false}';

-- 5. The catalogue as it was: what was not retired. It is the same for every tenant. Of the functions that follow, a login may
-- call those that run as their owner; the others are their parts.
CREATE FUNCTION catalogue_at(moment timestamptz) RETURNS TABLE (code text, scope text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT known.entity_id, known.state ->> 'scope' FROM (
    SELECT DISTINCT ON (entity_id) entity_id, state FROM public.access_state
    WHERE tenant_id = '00000000-0000-7000-8000-000000000001' AND kind = 'permission' AND at <= moment
    ORDER BY entity_id, at DESC) known
  WHERE NOT (known.state -> 'retired')::boolean
$$;

-- The living roles of a tenant as they were, with all they gave: `always` to whoever held them, `sometimes` [{code, conditions}]
-- under conditions. Inherited through the parents of that moment, owners by the catalogue of that moment.
CREATE FUNCTION roles_at(of_tenant uuid, moment timestamptz) RETURNS TABLE (role_id uuid, state jsonb, always text[], sometimes jsonb)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE living AS MATERIALIZED (
    SELECT remembered.id, remembered.state, (remembered.state ->> 'parentRoleId')::uuid AS parent_id FROM (
      SELECT DISTINCT ON (entity_id) entity_id::uuid AS id, state FROM public.access_state
      WHERE tenant_id = of_tenant AND kind = 'role' AND at <= moment
      ORDER BY entity_id, at DESC) remembered
    WHERE NOT (remembered.state -> 'deleted')::boolean
  ), catalogue AS MATERIALIZED (
    SELECT code, scope FROM public.catalogue_at(moment)
  ), line AS (
    SELECT living.id, living.id AS giver_id, 0 AS depth FROM living
    UNION ALL
    SELECT line.id, living.parent_id, line.depth + 1 FROM line JOIN living ON living.id = line.giver_id
    WHERE living.parent_id IS NOT NULL AND line.depth < 8
  ), given AS MATERIALIZED (
    SELECT DISTINCT line.id, own ->> 'code' AS code, nullif(own -> 'conditions', 'null') AS conditions
    FROM line JOIN living giver ON giver.id = line.giver_id
    CROSS JOIN LATERAL jsonb_array_elements(giver.state -> 'own') own
    WHERE own ->> 'code' IN (SELECT catalogue.code FROM catalogue)
    UNION
    SELECT living.id, catalogue.code, NULL FROM living CROSS JOIN catalogue
    WHERE (living.state -> 'isOwner')::boolean
      AND (catalogue.scope = 'tenant' OR of_tenant = '00000000-0000-7000-8000-000000000001')
  )
  SELECT living.id, living.state,
    ARRAY(SELECT given.code FROM given WHERE given.id = living.id AND given.conditions IS NULL ORDER BY 1),
    coalesce((SELECT jsonb_agg(jsonb_build_object('code', given.code, 'conditions', given.conditions))
      FROM given WHERE given.id = living.id AND given.conditions IS NOT NULL), '[]')
  FROM living
$$;

-- What conditions are judged by: the person and the address of the tenant asked about, and the resource the question names.
CREATE FUNCTION context_at(of_user text, asked_tenant uuid, moment timestamptz, resource jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT public.access_context(person.id, person.email, person.email_verified, asked_tenant, (
      SELECT state ->> 'slug' FROM public.access_state
      WHERE tenant_id = asked_tenant AND kind = 'tenant' AND entity_id = asked_tenant::text AND at <= moment ORDER BY at DESC LIMIT 1),
    coalesce(resource, '{}'))
  FROM public."user" person WHERE person.id = of_user
$$;

-- The holdings that counted then: of active members, neither banned nor deleted, of living roles, begun and not ended.
-- `met`: what a role gave this person under conditions, judged with `resource`. The tenant's own state is the caller's to ask.
CREATE FUNCTION holdings_at(of_tenant uuid, of_memberships uuid[], moment timestamptz, asked_tenant uuid, resource jsonb) RETURNS TABLE (
  user_id text, membership_id uuid, holding_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz, met text[]
)
LANGUAGE sql STABLE AS $$
  WITH conditional AS MATERIALIZED (
    SELECT given.role_id, given.sometimes FROM public.roles_at(of_tenant, moment) given WHERE given.sometimes <> '[]'
  )
  SELECT member.user_id, member.id, held.id, (holding.state ->> 'roleId')::uuid,
    span.valid_from, span.valid_until, (holding.state -> 'isPrimary')::boolean, held.granted_by, held.created_at,
    CASE WHEN conditional.role_id IS NULL THEN '{}' ELSE ARRAY(
      SELECT DISTINCT given ->> 'code' FROM jsonb_array_elements(conditional.sometimes) given
      WHERE public.conditions_hold(given -> 'conditions', public.context_at(member.user_id, asked_tenant, moment, resource))
      ORDER BY 1) END
  FROM public.membership member
  CROSS JOIN LATERAL (
    SELECT state FROM public.access_state WHERE tenant_id = of_tenant AND kind = 'membership' AND entity_id = member.id::text AND at <= moment
    ORDER BY at DESC LIMIT 1) joined
  LEFT JOIN LATERAL (
    SELECT state FROM public.access_state
    WHERE tenant_id = '00000000-0000-7000-8000-000000000001' AND kind = 'user' AND entity_id = member.user_id AND at <= moment
    ORDER BY at DESC LIMIT 1) account ON true
  JOIN public.membership_role held ON held.tenant_id = of_tenant AND held.membership_id = member.id
  CROSS JOIN LATERAL (
    SELECT state FROM public.access_state WHERE tenant_id = of_tenant AND kind = 'holding' AND entity_id = held.id::text AND at <= moment
    ORDER BY at DESC LIMIT 1) holding
  CROSS JOIN LATERAL (SELECT (holding.state ->> 'validFrom')::timestamp AT TIME ZONE 'UTC' AS valid_from,
    (holding.state ->> 'validUntil')::timestamp AT TIME ZONE 'UTC' AS valid_until) span
  LEFT JOIN conditional ON conditional.role_id = (holding.state ->> 'roleId')::uuid
  WHERE member.tenant_id = of_tenant AND member.id = ANY (of_memberships)
    AND joined.state ->> 'status' = 'active'
    AND (account.state IS NULL OR account.state = '{"banned": false, "deleted": false}')
    AND NOT (holding.state -> 'ended')::boolean
    AND span.valid_from <= moment AND (span.valid_until IS NULL OR span.valid_until > moment)
$$;

-- What access_of() would have said about a person then. Only about the current tenant, or any for the platform.
CREATE FUNCTION access_at(of_user text, of_tenant uuid, moment timestamptz, resource jsonb) RETURNS TABLE (
  user_state text, tenant_status text, membership_id uuid, membership_status text, permissions text[], platform_permissions text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH scope AS MATERIALIZED (
    SELECT '00000000-0000-7000-8000-000000000001'::uuid AS platform_id
    WHERE nullif(current_setting('app.current_tenant_id', true), '')::uuid IN (of_tenant, '00000000-0000-7000-8000-000000000001')
  ), standing AS MATERIALIZED (
    SELECT
      (SELECT CASE WHEN (account.state -> 'deleted')::boolean THEN 'deleted' WHEN (account.state -> 'banned')::boolean THEN 'banned' ELSE 'active' END
       FROM public."user" person LEFT JOIN LATERAL (
         SELECT state FROM public.access_state
         WHERE tenant_id = scope.platform_id AND kind = 'user' AND entity_id = of_user AND at <= moment ORDER BY at DESC LIMIT 1) account ON true
       WHERE person.id = of_user) AS user_state,
      (SELECT state ->> 'status' FROM public.access_state
       WHERE tenant_id = of_tenant AND kind = 'tenant' AND entity_id = of_tenant::text AND at <= moment ORDER BY at DESC LIMIT 1) AS tenant_status,
      member.id AS member_id,
      (SELECT state ->> 'status' FROM public.access_state
       WHERE tenant_id = of_tenant AND kind = 'membership' AND entity_id = member.id::text AND at <= moment ORDER BY at DESC LIMIT 1) AS member_status,
      staff.id AS staff_id
    FROM scope
    LEFT JOIN public.membership member ON member.tenant_id = of_tenant AND member.user_id = of_user
    LEFT JOIN public.membership staff ON staff.tenant_id = scope.platform_id AND staff.user_id = of_user
  ), held AS MATERIALIZED (
    SELECT true AS is_own, roles.always || holding.met AS codes
    FROM standing
    CROSS JOIN LATERAL public.holdings_at(of_tenant, ARRAY[standing.member_id], moment, of_tenant, resource) holding
    JOIN public.roles_at(of_tenant, moment) roles ON roles.role_id = holding.role_id
    WHERE standing.tenant_status IN ('trialing', 'active')
    UNION ALL
    SELECT false, roles.always || holding.met
    FROM scope CROSS JOIN standing
    CROSS JOIN LATERAL public.holdings_at(scope.platform_id, ARRAY[standing.staff_id], moment, of_tenant, resource) holding
    JOIN public.roles_at(scope.platform_id, moment) roles ON roles.role_id = holding.role_id
  )
  SELECT standing.user_state, standing.tenant_status,
    CASE WHEN standing.member_status <> 'left' THEN standing.member_id END, nullif(standing.member_status, 'left'),
    ARRAY(SELECT DISTINCT code FROM held CROSS JOIN LATERAL unnest(held.codes) AS code WHERE held.is_own ORDER BY 1),
    ARRAY(SELECT DISTINCT code FROM held CROSS JOIN LATERAL unnest(held.codes) AS code WHERE NOT held.is_own ORDER BY 1)
  FROM standing
$$;

-- The roles that could count in the current tenant then: its own, and those of the platform.
CREATE FUNCTION past_roles(moment timestamptz) RETURNS TABLE (via text, role_id uuid, state jsonb, always text[], sometimes jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH scope AS MATERIALIZED (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid AS tenant_id)
  SELECT 'tenant', roles.* FROM scope CROSS JOIN LATERAL public.roles_at(scope.tenant_id, moment) roles
  UNION ALL
  SELECT 'platform', roles.* FROM scope CROSS JOIN LATERAL public.roles_at('00000000-0000-7000-8000-000000000001', moment) roles
  WHERE scope.tenant_id <> '00000000-0000-7000-8000-000000000001'
$$;

-- Every holding that counted in the current tenant then, of one person or (null) of everybody. Of the platform's staff it says
-- nothing but the role, and who holds it only of members of then and of the one person asked about.
CREATE FUNCTION past_holdings(of_user text, moment timestamptz, resource jsonb) RETURNS TABLE (
  via text, user_id text, membership_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz, met text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH scope AS MATERIALIZED (
    SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid AS tenant_id,
      '00000000-0000-7000-8000-000000000001'::uuid AS platform_id
  ), asked AS MATERIALIZED (
    SELECT member.tenant_id, array_agg(member.id) AS ids FROM scope
    JOIN public.membership member ON member.tenant_id IN (scope.tenant_id, scope.platform_id)
    WHERE of_user IS NULL OR member.user_id = of_user
    GROUP BY member.tenant_id
  ), works AS MATERIALIZED (
    SELECT asked.ids FROM scope JOIN asked ON asked.tenant_id = scope.tenant_id
    WHERE (SELECT state ->> 'status' FROM public.access_state
      WHERE tenant_id = scope.tenant_id AND kind = 'tenant' AND entity_id = scope.tenant_id::text AND at <= moment
      ORDER BY at DESC LIMIT 1) IN ('trialing', 'active')
  )
  SELECT 'tenant', holding.user_id, holding.membership_id, holding.role_id, holding.valid_from, holding.valid_until,
    holding.is_primary, holding.granted_by, holding.granted_at, holding.met
  FROM scope CROSS JOIN works
  CROSS JOIN LATERAL public.holdings_at(scope.tenant_id, works.ids, moment, scope.tenant_id, resource) holding
  JOIN public.roles_at(scope.tenant_id, moment) roles ON roles.role_id = holding.role_id
  UNION ALL
  SELECT 'platform',
    CASE WHEN holding.user_id = of_user OR member.status <> 'left' THEN holding.user_id END,
    CASE WHEN member.status <> 'left' THEN member.id END, holding.role_id, NULL, NULL, false, NULL, NULL, holding.met
  FROM scope JOIN asked ON asked.tenant_id = scope.platform_id
  CROSS JOIN LATERAL public.holdings_at(scope.platform_id, asked.ids, moment, scope.tenant_id, resource) holding
  JOIN public.roles_at(scope.platform_id, moment) roles ON roles.role_id = holding.role_id
  LEFT JOIN LATERAL (
    SELECT place.id, (SELECT state ->> 'status' FROM public.access_state
      WHERE tenant_id = scope.tenant_id AND kind = 'membership' AND entity_id = place.id::text AND at <= moment
      ORDER BY at DESC LIMIT 1) AS status
    FROM public.membership place WHERE place.tenant_id = scope.tenant_id AND place.user_id = holding.user_id) member ON true
  WHERE scope.tenant_id <> scope.platform_id
$$;

-- What happened outside the current tenant and changed access in it: permissions retired or brought back, members banned.
CREATE FUNCTION changes_elsewhere(after timestamptz, until timestamptz) RETURNS TABLE (kind text, entity_id text, at timestamptz, state jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT changed.kind, changed.entity_id, changed.at, changed.state FROM public.access_state changed
  WHERE changed.tenant_id = '00000000-0000-7000-8000-000000000001' AND changed.kind IN ('permission', 'user')
    AND changed.at > after AND changed.at <= until
    AND changed.state IS DISTINCT FROM (
      SELECT previous.state FROM public.access_state previous
      WHERE previous.tenant_id = changed.tenant_id AND previous.kind = changed.kind AND previous.entity_id = changed.entity_id
        AND previous.at < changed.at ORDER BY previous.at DESC LIMIT 1)
    AND (changed.kind = 'permission' OR EXISTS (
      SELECT 1 FROM public.membership member
      WHERE member.tenant_id = nullif(current_setting('app.current_tenant_id', true), '')::uuid AND member.user_id = changed.entity_id))
  ORDER BY changed.at
$$;

REVOKE EXECUTE ON FUNCTION catalogue_at(timestamptz), roles_at(uuid, timestamptz), context_at(text, uuid, timestamptz, jsonb),
  holdings_at(uuid, uuid[], timestamptz, uuid, jsonb), access_at(text, uuid, timestamptz, jsonb), past_roles(timestamptz),
  past_holdings(text, timestamptz, jsonb), changes_elsewhere(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION catalogue_at(timestamptz), access_at(text, uuid, timestamptz, jsonb), past_roles(timestamptz),
  past_holdings(text, timestamptz, jsonb), changes_elsewhere(timestamptz, timestamptz) TO rolecall_server;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
