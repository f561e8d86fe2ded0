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

-- The last state of each entity of one kind, or (ids) of some of them: all of a kind are read in one pass of the index.
CREATE FUNCTION states_at(of_tenant uuid, of_kind text, ids text[], moment timestamptz) RETURNS TABLE (entity_id text, state jsonb)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF ids IS NULL THEN
    RETURN QUERY SELECT DISTINCT ON (remembered.entity_id) remembered.entity_id, remembered.state FROM public.access_state remembered
      WHERE remembered.tenant_id = of_tenant AND remembered.kind = of_kind AND remembered.at <= moment
      ORDER BY remembered.entity_id DESC, remembered.at DESC;
  ELSE
    RETURN QUERY SELECT wanted.id, last.state FROM unnest(ids) AS wanted (id) CROSS JOIN LATERAL (
      SELECT remembered.state FROM public.access_state remembered
      WHERE remembered.tenant_id = of_tenant AND remembered.kind = of_kind AND remembered.entity_id = wanted.id AND remembered.at <= moment
      ORDER BY remembered.at DESC LIMIT 1) last;
  END IF;
END $$;

-- The living roles of a tenant as they were, with all they gave: `always` to whoever held them, `sometimes` [{code, conditions}]
-- under conditions. Inherited through the parents of that moment, owners by the catalogue of that moment.
CREATE FUNCTION roles_at(of_tenant uuid, moment timestamptz) RETURNS TABLE (role_id uuid, state jsonb, always text[], sometimes jsonb)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE living AS MATERIALIZED (
    SELECT remembered.entity_id::uuid AS id, remembered.state, (remembered.state ->> 'parentRoleId')::uuid AS parent_id
    FROM public.states_at(of_tenant, 'role', NULL, moment) remembered
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
  SELECT living.id, living.state, coalesce(sum.always, '{}'), coalesce(sum.sometimes, '[]')
  FROM living LEFT JOIN (
    SELECT given.id, array_agg(given.code ORDER BY given.code) FILTER (WHERE given.conditions IS NULL) AS always,
      jsonb_agg(jsonb_build_object('code', given.code, 'conditions', given.conditions)) FILTER (WHERE given.conditions IS NOT NULL) AS sometimes
    FROM given GROUP BY given.id) sum ON sum.id = living.id
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

-- What a role gave under conditions that held for this person and this resource.
CREATE FUNCTION met_at(sometimes jsonb, of_user text, asked_tenant uuid, moment timestamptz, resource jsonb) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT DISTINCT given ->> 'code'
    FROM public.context_at(of_user, asked_tenant, moment, resource) AS context CROSS JOIN jsonb_array_elements(sometimes) given
    WHERE public.conditions_hold(given -> 'conditions', context) ORDER BY 1)
$$;

-- The holdings that counted then, of one person or (null) of everybody: of active members, neither banned nor deleted, begun and
-- not ended. The tenant's own state and the roles' are the caller's to ask.
CREATE FUNCTION holdings_at(of_tenant uuid, of_user text, moment timestamptz) RETURNS TABLE (
  user_id text, membership_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz
)
LANGUAGE sql STABLE AS $$
  WITH member AS MATERIALIZED (
    SELECT membership.id, membership.user_id FROM public.membership
    WHERE membership.tenant_id = of_tenant AND (of_user IS NULL OR membership.user_id = of_user)
  ), held AS MATERIALIZED (
    SELECT giving.id, giving.membership_id, giving.granted_by, giving.created_at FROM public.membership_role giving
    WHERE giving.tenant_id = of_tenant AND (of_user IS NULL OR giving.membership_id IN (SELECT member.id FROM member))
  ), span AS MATERIALIZED (
    SELECT holding.entity_id::uuid AS id, holding.state,
      (holding.state ->> 'validFrom')::timestamp AT TIME ZONE 'UTC' AS valid_from,
      (holding.state ->> 'validUntil')::timestamp AT TIME ZONE 'UTC' AS valid_until
    FROM public.states_at(of_tenant, 'holding', CASE WHEN of_user IS NOT NULL THEN ARRAY(SELECT held.id::text FROM held) END, moment) holding
    WHERE NOT (holding.state -> 'ended')::boolean
  )
  SELECT member.user_id, member.id, (span.state ->> 'roleId')::uuid,
    span.valid_from, span.valid_until, (span.state -> 'isPrimary')::boolean, held.granted_by, held.created_at
  FROM span
  JOIN held ON held.id = span.id
  JOIN member ON member.id = held.membership_id
  JOIN public.states_at(of_tenant, 'membership', CASE WHEN of_user IS NOT NULL THEN ARRAY(SELECT member.id::text FROM member) END, moment) joined
    ON joined.entity_id = member.id::text AND joined.state ->> 'status' = 'active'
  WHERE span.valid_from <= moment AND (span.valid_until IS NULL OR span.valid_until > moment)
    AND member.user_id NOT IN (
      SELECT account.entity_id
      FROM public.states_at('00000000-0000-7000-8000-000000000001', 'user', CASE WHEN of_user IS NOT NULL THEN ARRAY[of_user] END, moment) account
      WHERE account.state <> '{"banned": false, "deleted": false}')
$$;

-- What access_of() would have said about a person then. Only about the current tenant, or any for the platform.
CREATE FUNCTION access_at(of_user text, of_tenant uuid, moment timestamptz, resource jsonb) RETURNS TABLE (
  user_state text, tenant_status text, membership_id uuid, membership_status text, permissions text[], platform_permissions text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
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
       WHERE tenant_id = of_tenant AND kind = 'membership' AND entity_id = member.id::text AND at <= moment ORDER BY at DESC LIMIT 1) AS member_status
    FROM scope
    LEFT JOIN public.membership member ON member.tenant_id = of_tenant AND member.user_id = of_user
  ), held AS MATERIALIZED (
    SELECT true AS is_own, roles.always || CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE public.met_at(roles.sometimes, of_user, of_tenant, moment, resource) END AS codes
    FROM standing
    CROSS JOIN LATERAL public.holdings_at(of_tenant, of_user, moment) holding
    JOIN public.roles_at(of_tenant, moment) roles ON roles.role_id = holding.role_id
    WHERE standing.tenant_status IN ('trialing', 'active')
    UNION ALL
    SELECT false, roles.always || CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE public.met_at(roles.sometimes, of_user, of_tenant, moment, resource) END
    FROM scope
    CROSS JOIN LATERAL public.holdings_at(scope.platform_id, of_user, moment) holding
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
-- nothing but the role, and who holds it only of members of then and of the one person asked about. One person and thousands ask
-- for different plans: none is kept, and thousands are never joined one by one.
CREATE FUNCTION past_holdings(of_user text, moment timestamptz, resource jsonb) RETURNS TABLE (
  via text, user_id text, membership_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz, met text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan SET enable_nestloop = off AS $$
  WITH scope AS MATERIALIZED (
    SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid AS tenant_id,
      '00000000-0000-7000-8000-000000000001'::uuid AS platform_id
  ), works AS MATERIALIZED (
    SELECT scope.tenant_id FROM scope JOIN public.states_at(scope.tenant_id, 'tenant', ARRAY[scope.tenant_id::text], moment) tenant
      ON tenant.state ->> 'status' IN ('trialing', 'active')
  )
  SELECT 'tenant', holding.user_id, holding.membership_id, holding.role_id, holding.valid_from, holding.valid_until,
    holding.is_primary, holding.granted_by, holding.granted_at,
    CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE public.met_at(roles.sometimes, holding.user_id, scope.tenant_id, moment, resource) END
  FROM scope JOIN works ON works.tenant_id = scope.tenant_id
  CROSS JOIN LATERAL public.holdings_at(scope.tenant_id, of_user, moment) holding
  JOIN public.roles_at(scope.tenant_id, moment) roles ON roles.role_id = holding.role_id
  UNION ALL
  SELECT 'platform',
    CASE WHEN holding.user_id = of_user OR member.status <> 'left' THEN holding.user_id END,
    CASE WHEN member.status <> 'left' THEN member.id END, holding.role_id, NULL, NULL, false, NULL, NULL,
    CASE WHEN roles.sometimes = '[]' THEN '{}' ELSE public.met_at(roles.sometimes, holding.user_id, scope.tenant_id, moment, resource) END
  FROM scope
  CROSS JOIN LATERAL public.holdings_at(scope.platform_id, of_user, moment) holding
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
  states_at(uuid, text, text[], timestamptz), met_at(jsonb, text, uuid, timestamptz, jsonb), holdings_at(uuid, text, timestamptz),
  access_at(text, uuid, timestamptz, jsonb), past_roles(timestamptz),
  past_holdings(text, timestamptz, jsonb), changes_elsewhere(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION catalogue_at(timestamptz), access_at(text, uuid, timestamptz, jsonb), past_roles(timestamptz),
  past_holdings(text, timestamptz, jsonb), changes_elsewhere(timestamptz, timestamptz) TO rolecall_server;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
