-- CreateTable
CREATE TABLE "api_key" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_hash_key" ON "api_key"("key_hash");

-- CreateIndex
CREATE INDEX "api_key_tenant_id_created_at_id_idx" ON "api_key"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "api_key_tenant_id_name_id_idx" ON "api_key"("tenant_id", "name", "id");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- 1. The wall, as every tenant table has it. A key is never deleted: its row says who made and who revoked it.
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON api_key AS RESTRICTIVE FOR ALL TO rolecall_server, CURRENT_USER
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_select ON api_key FOR SELECT TO rolecall_server, CURRENT_USER
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_insert ON api_key FOR INSERT TO rolecall_server, CURRENT_USER
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_update ON api_key FOR UPDATE TO rolecall_server, CURRENT_USER
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY access_read ON api_key FOR SELECT TO rolecall_access USING (true);
GRANT SELECT (tenant_id, id, key_hash, expires_at, last_used_at, revoked_at) ON api_key TO rolecall_access;
GRANT SELECT, INSERT, UPDATE ON api_key TO rolecall_server;

-- Its use is no change of the key, so last_used_at asks for no audit row.
CREATE CONSTRAINT TRIGGER audited
  AFTER INSERT OR UPDATE OF name, prefix, key_hash, created_by, expires_at, revoked_at, revoked_by ON api_key
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_audit_row();

-- The functions are made by their owner: only it may replace actor_access().
GRANT CREATE ON SCHEMA public TO rolecall_access;
SET ROLE rolecall_access;

-- 2. Which living key this is the hash of. Unknown, expired and revoked ones answer alike: nothing.
CREATE FUNCTION api_key_of_hash(hash bytea) RETURNS TABLE (tenant_id uuid, key_id uuid, last_used_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT api_key.tenant_id, api_key.id, api_key.last_used_at FROM public.api_key
  WHERE api_key.key_hash = hash AND api_key.revoked_at IS NULL
    AND (api_key.expires_at IS NULL OR api_key.expires_at > clock_timestamp())
$$;

-- 3. What actor_access() said about the current actor, for any person in any tenant: the guard and access_check() share it.
-- Not callable by any login. It runs as the function that calls it.
CREATE FUNCTION access_of(of_user text, of_tenant uuid) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], platform_permissions text[]
)
LANGUAGE sql STABLE AS $$
  SELECT
    actor.id, actor.name, actor.email, actor.email_verified,
    CASE WHEN actor.id IS NULL THEN NULL WHEN actor.deleted_at IS NOT NULL THEN 'deleted' WHEN actor.banned THEN 'banned' ELSE 'active' END,
    tenant.id, tenant.status::text, tenant.kind::text,
    member.id, member.status::text,
    CASE WHEN actor.deleted_at IS NULL AND NOT actor.banned AND member.status = 'active' AND tenant.status IN ('trialing', 'active')
      THEN public.held_permissions(member.tenant_id, member.id) ELSE '{}' END,
    CASE WHEN actor.deleted_at IS NULL AND NOT actor.banned AND staff.status = 'active'
      THEN public.held_permissions(staff.tenant_id, staff.id) ELSE '{}' END
  FROM (SELECT of_user AS user_id, of_tenant AS tenant_id) scope
  LEFT JOIN public."user" actor ON actor.id = scope.user_id
  LEFT JOIN public.tenant ON tenant.id = scope.tenant_id
  LEFT JOIN public.membership member
    ON member.tenant_id = scope.tenant_id AND member.user_id = actor.id AND member.status <> 'left'
  LEFT JOIN public.membership staff
    ON staff.tenant_id = '00000000-0000-7000-8000-000000000001' AND staff.user_id = actor.id AND staff.status <> 'left'
$$;

CREATE OR REPLACE FUNCTION actor_access() RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], platform_permissions text[]
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT * FROM public.access_of(
    nullif(current_setting('app.current_user_id', true), ''),
    nullif(current_setting('app.current_tenant_id', true), '')::uuid)
$$;

-- 4. May these people do these things? [{userId, tenantId, permission}] -> one answer for each, in order. Only the platform
-- asks about other tenants; for everybody else another tenant is as one that does not exist.
CREATE FUNCTION access_check(checks jsonb) RETURNS boolean[]
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH asked AS MATERIALIZED (
    SELECT item ->> 'userId' AS user_id, (item ->> 'tenantId')::uuid AS tenant_id, item ->> 'permission' AS permission, place
    FROM jsonb_array_elements(checks) WITH ORDINALITY AS each (item, place)
  ), held AS MATERIALIZED (
    SELECT person.user_id, person.tenant_id, access.permissions || access.platform_permissions AS codes
    FROM (
      SELECT DISTINCT asked.user_id, asked.tenant_id FROM asked
      WHERE nullif(current_setting('app.current_tenant_id', true), '')::uuid
        IN (asked.tenant_id, '00000000-0000-7000-8000-000000000001')
    ) person
    CROSS JOIN LATERAL public.access_of(person.user_id, person.tenant_id) access
    WHERE access.user_state = 'active' AND access.tenant_id IS NOT NULL
  )
  SELECT coalesce(array_agg(coalesce(asked.permission = ANY (held.codes), false) ORDER BY asked.place), '{}')
  FROM asked LEFT JOIN held ON held.user_id = asked.user_id AND held.tenant_id = asked.tenant_id
$$;

REVOKE EXECUTE ON FUNCTION access_of(text, uuid), api_key_of_hash(bytea), access_check(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_key_of_hash(bytea), access_check(jsonb) TO rolecall_server;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
