-- Who may touch which row. Logins (made by logins.ts, cluster-wide):
--   rolecall_server    works inside one tenant, named by app.current_tenant_id
--   rolecall_platform  reads across tenants, for the staff's own pages
--   rolecall_sync      writes what the identity provider says
--   rolecall_access    cannot log in; owns the functions that answer "what may the current actor do?"
-- The migrating role (CURRENT_USER) is bound to a tenant like the server.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- 1. Tenant tables: one restrictive policy that nothing can widen, and one permissive policy per command.
DO $$
DECLARE
  tenant_table text;
  command text;
  inside CONSTANT text := 'tenant_id = (SELECT nullif(current_setting(''app.current_tenant_id'', true), '''')::uuid)';
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'membership', 'role', 'role_permission', 'membership_role', 'role_version', 'invitation', 'invitation_role',
    'audit_log', 'audit_subject', 'audit_seal', 'identity_push', 'outgoing_webhook', 'idempotency_key'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY tenant_wall ON %I AS RESTRICTIVE FOR ALL TO rolecall_server, CURRENT_USER USING (%s) WITH CHECK (%s)',
                   tenant_table, inside, inside);
    FOREACH command IN ARRAY ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] LOOP
      CONTINUE WHEN tenant_table IN ('audit_log', 'audit_seal') AND command IN ('UPDATE', 'DELETE');
      EXECUTE format('CREATE POLICY tenant_%s ON %I FOR %s TO rolecall_server, CURRENT_USER %s',
        lower(command), tenant_table, command,
        CASE command
          WHEN 'INSERT' THEN format('WITH CHECK (%s)', inside)
          WHEN 'UPDATE' THEN format('USING (%s) WITH CHECK (%s)', inside, inside)
          ELSE format('USING (%s)', inside)
        END);
    END LOOP;
  END LOOP;
END $$;

-- 2. Tables without a tenant column.
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON tenant AS RESTRICTIVE FOR ALL TO rolecall_server, CURRENT_USER
  USING (id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid))
  WITH CHECK (id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_select ON tenant FOR SELECT TO rolecall_server, CURRENT_USER
  USING (id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_insert ON tenant FOR INSERT TO rolecall_server, CURRENT_USER
  WITH CHECK (id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_update ON tenant FOR UPDATE TO rolecall_server, CURRENT_USER
  USING (id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid))
  WITH CHECK (id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));

-- A person is visible to a tenant through a membership, and to themselves.
ALTER TABLE "user" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "user" FORCE ROW LEVEL SECURITY;
CREATE POLICY member_or_self ON "user" FOR SELECT TO rolecall_server
  USING (
    id = (SELECT nullif(current_setting('app.current_user_id', true), ''))
    OR EXISTS (
      SELECT 1 FROM membership
      WHERE membership.tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid)
        AND membership.user_id = "user".id
    )
  );

-- The catalogue is the same for every tenant; only work inside the platform tenant may change it.
ALTER TABLE permission ENABLE ROW LEVEL SECURITY;
ALTER TABLE permission FORCE ROW LEVEL SECURITY;
CREATE POLICY catalogue_select ON permission FOR SELECT TO rolecall_server, CURRENT_USER
  USING ((SELECT nullif(current_setting('app.current_tenant_id', true), '')) IS NOT NULL);
CREATE POLICY catalogue_insert ON permission FOR INSERT TO rolecall_server, CURRENT_USER
  WITH CHECK ((SELECT nullif(current_setting('app.current_tenant_id', true), '')) = '00000000-0000-7000-8000-000000000001');
CREATE POLICY catalogue_update ON permission FOR UPDATE TO rolecall_server, CURRENT_USER
  USING ((SELECT nullif(current_setting('app.current_tenant_id', true), '')) = '00000000-0000-7000-8000-000000000001')
  WITH CHECK ((SELECT nullif(current_setting('app.current_tenant_id', true), '')) = '00000000-0000-7000-8000-000000000001');

ALTER TABLE webhook_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_event FORCE ROW LEVEL SECURITY;
ALTER TABLE sync_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync_run FORCE ROW LEVEL SECURITY;

-- 3. The logins that look across tenants: every table they may read or write is named here.
DO $$
DECLARE
  named text;
BEGIN
  FOREACH named IN ARRAY ARRAY[
    'user', 'tenant', 'permission', 'membership', 'membership_role', 'role', 'role_permission', 'role_version',
    'audit_log', 'audit_subject', 'webhook_event', 'sync_run', 'identity_push'
  ] LOOP
    EXECUTE format('CREATE POLICY platform_read ON %I FOR SELECT TO rolecall_platform USING (true)', named);
    EXECUTE format('GRANT SELECT ON %I TO rolecall_platform', named);
  END LOOP;

  FOREACH named IN ARRAY ARRAY[
    'user', 'tenant', 'membership', 'membership_role', 'role', 'role_permission', 'role_version', 'permission',
    'audit_log', 'audit_subject', 'webhook_event', 'sync_run'
  ] LOOP
    EXECUTE format('CREATE POLICY sync_select ON %I FOR SELECT TO rolecall_sync USING (true)', named);
    EXECUTE format('GRANT SELECT ON %I TO rolecall_sync', named);
  END LOOP;

  FOREACH named IN ARRAY ARRAY[
    'user', 'tenant', 'membership', 'membership_role', 'role', 'role_permission', 'role_version',
    'audit_log', 'audit_subject', 'webhook_event', 'sync_run'
  ] LOOP
    EXECUTE format('CREATE POLICY sync_insert ON %I FOR INSERT TO rolecall_sync WITH CHECK (true)', named);
    CONTINUE WHEN named = 'audit_log';
    EXECUTE format('GRANT INSERT ON %I TO rolecall_sync', named);
  END LOOP;

  FOREACH named IN ARRAY ARRAY[
    'user', 'tenant', 'membership', 'membership_role', 'audit_subject', 'webhook_event', 'sync_run'
  ] LOOP
    EXECUTE format('CREATE POLICY sync_update ON %I FOR UPDATE TO rolecall_sync USING (true) WITH CHECK (true)', named);
    EXECUTE format('GRANT UPDATE ON %I TO rolecall_sync', named);
  END LOOP;

  FOREACH named IN ARRAY ARRAY[
    'user', 'tenant', 'membership', 'membership_role', 'role', 'permission', 'invitation'
  ] LOOP
    EXECUTE format('CREATE POLICY access_read ON %I FOR SELECT TO rolecall_access USING (true)', named);
    CONTINUE WHEN named = 'invitation';
    EXECUTE format('GRANT SELECT ON %I TO rolecall_access', named);
  END LOOP;
END $$;
GRANT SELECT (tenant_id, id, token_hash, status, expires_at) ON invitation TO rolecall_access;

-- 4. The server: only what its work needs, never the whole of an append-only table.
GRANT SELECT ON "user" TO rolecall_server;
GRANT SELECT, INSERT, UPDATE ON tenant, membership, membership_role, role, invitation, permission, audit_subject,
  identity_push TO rolecall_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON role_permission, outgoing_webhook TO rolecall_server;
GRANT SELECT, INSERT ON role_version, invitation_role, idempotency_key TO rolecall_server;
GRANT SELECT ON audit_log, audit_seal TO rolecall_server;
-- created_at and xid are the database's to write: nobody can date or place a row.
GRANT INSERT (tenant_id, id, actor_type, actor_id, subject_id, action, target_type, target_id, target_label, before, after,
  context, outcome, severity, category, permission, reason, request_id, session_id, ip, user_agent, event_version, leaf_hash)
  ON audit_log TO rolecall_server, rolecall_sync;

-- 5. The audit log only grows.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'RC004', MESSAGE = format('%s only grows', TG_TABLE_NAME);
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER only_grows;

-- Makes the partitions from `months_back` before this month to `months_ahead` after it. Safe to repeat.
CREATE FUNCTION ensure_audit_partitions(months_back int, months_ahead int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  this_month CONSTANT date := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC');
  month date;
  partition text;
BEGIN
  IF months_back NOT BETWEEN 0 AND 24 OR months_ahead NOT BETWEEN 0 AND 24 THEN
    RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'months_back and months_ahead go from 0 to 24';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('ensure_audit_partitions', 0));
  FOR step IN -months_back..months_ahead LOOP
    month := this_month + make_interval(months => step);
    partition := 'audit_log_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.audit_log FOR VALUES FROM (%L) TO (%L)', partition,
      to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
      to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
    PERFORM public.guard_audit_partition(partition);
  END LOOP;
END $$;

-- Row security and row triggers of the parent do not hold for a partition named directly, and truncate triggers are not inherited.
CREATE FUNCTION guard_audit_partition(partition text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', partition);
  EXECUTE format('CREATE TRIGGER never_empty BEFORE TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', partition);
  EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER never_empty', partition);
END $$;
REVOKE EXECUTE ON FUNCTION ensure_audit_partitions(int, int), guard_audit_partition(text), refuse_change() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_audit_partitions(int, int) TO rolecall_server;

CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;
SELECT guard_audit_partition('audit_log_default');
SELECT ensure_audit_partitions(3, 3);
CREATE TRIGGER never_empty BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER never_empty;

-- 6. No change without its audit row: checked when the transaction commits.
CREATE FUNCTION require_audit_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM public.audit_log
    WHERE xid = pg_current_xact_id()::text::bigint
      AND created_at > transaction_timestamp() - interval '1 day'
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'RC002', MESSAGE = format('%s changed without an audit row', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION require_audit_row() FROM PUBLIC;

DO $$
DECLARE
  audited record;
BEGIN
  FOR audited IN SELECT * FROM (VALUES
    ('tenant', 'INSERT OR UPDATE OF name, slug, status, identity_org_id, ownerless_since'),
    ('membership', 'INSERT OR UPDATE OF status, user_id'),
    ('membership_role', 'INSERT OR UPDATE'),
    ('role', 'INSERT OR UPDATE OF key, name, description, is_system, is_default, is_owner, is_self_assignable, identity_role, parent_role_id, deleted_at'),
    ('role_permission', 'INSERT OR UPDATE OR DELETE'),
    ('invitation', 'INSERT OR UPDATE OF email, token_hash, status, expires_at'),
    ('permission', 'INSERT OR UPDATE OF description, scope, retired_at'),
    ('outgoing_webhook', 'INSERT OR UPDATE OR DELETE'),
    ('user', 'INSERT OR UPDATE OF email, name, first_name, last_name, image_url, banned, locked, identity_role, deleted_at')
  ) AS v (name, events) LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER %s ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_audit_row()',
      audited.events, audited.name);
  END LOOP;
END $$;

-- 7. Always an owner. The lock makes the second of two demotions see the first.
CREATE FUNCTION keep_an_owner() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('tenant:' || NEW.tenant_id, 0));
  IF EXISTS (SELECT 1 FROM public.tenant WHERE id = NEW.tenant_id AND ownerless_since IS NULL)
    AND EXISTS (
      SELECT 1 FROM public.membership_role held
      JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.is_owner
      WHERE held.tenant_id = NEW.tenant_id)
    AND NOT EXISTS (
      SELECT 1 FROM public.membership_role held
      JOIN public.role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.is_owner
      JOIN public.membership ON membership.tenant_id = held.tenant_id AND membership.id = held.membership_id
      WHERE held.tenant_id = NEW.tenant_id AND held.ended_at IS NULL AND held.valid_until IS NULL
        AND membership.status = 'active')
  THEN
    RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = 'a tenant keeps at least one active owner';
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_an_owner() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER UPDATE OF ended_at, valid_until ON membership_role
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_an_owner();
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER UPDATE OF status ON membership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status <> 'active') EXECUTE FUNCTION keep_an_owner();

-- 8. System roles are what their template says.
CREATE FUNCTION keep_system_role() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.key, NEW.name, NEW.description, NEW.is_system, NEW.is_owner, NEW.parent_role_id, NEW.deleted_at, NEW.effective_permissions)
     IS DISTINCT FROM
     (OLD.key, OLD.name, OLD.description, OLD.is_system, OLD.is_owner, OLD.parent_role_id, OLD.deleted_at, OLD.effective_permissions)
  THEN
    RAISE EXCEPTION USING ERRCODE = 'RC003', MESSAGE = 'system roles cannot be changed';
  END IF;
  RETURN NEW;
END $$;
-- A system role's permissions are written with the role, in the transaction that makes it, and never again.
CREATE FUNCTION keep_system_role_permissions() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  touched public.role_permission;
BEGIN
  IF TG_OP = 'DELETE' THEN touched := OLD; ELSE touched := NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM public.role
    WHERE tenant_id = touched.tenant_id AND id = touched.role_id AND is_system
      AND (TG_OP <> 'INSERT' OR role.xmin <> pg_current_xact_id()::xid)
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'RC003', MESSAGE = 'system roles cannot be changed';
  END IF;
  RETURN touched;
END $$;
REVOKE EXECUTE ON FUNCTION keep_system_role(), keep_system_role_permissions() FROM PUBLIC;
CREATE TRIGGER keep_system_role BEFORE UPDATE ON role FOR EACH ROW WHEN (OLD.is_system) EXECUTE FUNCTION keep_system_role();
CREATE TRIGGER keep_system_role_permissions BEFORE INSERT OR UPDATE OR DELETE ON role_permission
  FOR EACH ROW EXECUTE FUNCTION keep_system_role_permissions();

-- 9. Rules that an index says best.
CREATE UNIQUE INDEX role_key_of_living ON role (tenant_id, key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX one_default_role ON role (tenant_id) WHERE is_default AND deleted_at IS NULL;
CREATE UNIQUE INDEX one_holding_at_a_time ON membership_role (tenant_id, membership_id, role_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_pending_invitation ON invitation (tenant_id, email) WHERE status = 'pending';
CREATE UNIQUE INDEX one_platform ON tenant (kind) WHERE kind = 'platform';
CREATE INDEX audit_log_xid ON audit_log (xid);
