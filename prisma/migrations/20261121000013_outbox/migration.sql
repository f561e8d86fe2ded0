-- 1. The tenant that everybody belongs to, where there is one (DEFAULT_TENANT).
ALTER TABLE tenant ADD COLUMN is_default boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX one_default_tenant ON tenant ((true)) WHERE is_default;

-- 2. The outbox: whose role is to be told to the provider. What it is, is read when it is told, so that many changes are one.
-- Statuses: pending, scheduled (nothing to tell until then), done, dead (given up).
ALTER TABLE identity_push
  ALTER COLUMN desired DROP NOT NULL,
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN requested_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN pushed_at timestamptz(3);
DROP INDEX identity_push_status_next_attempt_at_idx;
CREATE INDEX identity_push_waiting ON identity_push (next_attempt_at) WHERE status IN ('pending', 'scheduled');
CREATE INDEX identity_push_requested_at_tenant_id_object_type_object_id_idx ON identity_push (requested_at, tenant_id, object_type, object_id);

CREATE POLICY sync_select ON identity_push FOR SELECT TO rolecall_sync USING (true);
CREATE POLICY sync_insert ON identity_push FOR INSERT TO rolecall_sync WITH CHECK (true);
CREATE POLICY sync_update ON identity_push FOR UPDATE TO rolecall_sync USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON identity_push TO rolecall_sync;

-- Members of an organization's tenant are told by their membership, those of the default tenant by their account.
CREATE FUNCTION request_push(of_tenant uuid, of_users text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO public.identity_push AS push (tenant_id, object_type, object_id, requested_at, next_attempt_at, updated_at)
  SELECT tenant.id, told.type, member.user_id, clock_timestamp(), clock_timestamp() + interval '300 ms', clock_timestamp()
  FROM public.tenant
  CROSS JOIN LATERAL (VALUES ('membership', tenant.identity_org_id IS NOT NULL), ('user', tenant.is_default)) AS told (type, applies)
  CROSS JOIN (SELECT DISTINCT unnest(of_users) AS user_id) AS member
  WHERE tenant.id = of_tenant AND tenant.kind = 'customer' AND told.applies
  ORDER BY told.type, member.user_id
  ON CONFLICT (tenant_id, object_type, object_id) DO UPDATE SET
    status = 'pending', revision = push.revision + 1, requested_at = excluded.requested_at, updated_at = excluded.updated_at,
    attempts = CASE WHEN push.status = 'pending' THEN push.attempts ELSE 0 END,
    -- The provider takes ten changes of one object in ten seconds; and what waits because it failed goes on waiting.
    next_attempt_at = greatest(excluded.next_attempt_at, push.pushed_at + interval '1100 ms',
      CASE WHEN push.status = 'pending' AND push.attempts > 0 THEN push.next_attempt_at END)
$$;

-- What people give and take is told; what the provider or the system gave (nobody is named) the provider knows or need not.
CREATE FUNCTION push_given() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.request_push(tenant_id, array_agg(user_id)) FROM touched
  WHERE CASE WHEN ended_at IS NULL THEN granted_by ELSE ended_by END IS NOT NULL GROUP BY tenant_id;
  RETURN NULL;
END $$;
CREATE TRIGGER push_given AFTER INSERT ON membership_role
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION push_given();
CREATE TRIGGER push_taken AFTER UPDATE ON membership_role
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION push_given();

-- A role that is called something else at the provider is told anew for all who hold it.
CREATE FUNCTION push_renamed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.request_push(NEW.tenant_id, array_agg(user_id)) FROM public.membership_role
  WHERE tenant_id = NEW.tenant_id AND role_id = NEW.id AND ended_at IS NULL HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER push_renamed AFTER UPDATE ON role
  FOR EACH ROW WHEN (OLD.identity_role IS DISTINCT FROM NEW.identity_role OR OLD.key IS DISTINCT FROM NEW.key)
  EXECUTE FUNCTION push_renamed();
REVOKE EXECUTE ON FUNCTION push_given(), push_renamed(), request_push(uuid, text[]) FROM PUBLIC;
-- Triggers run as whoever changes the roles; calling it by itself asks for no more than telling the provider again.
GRANT EXECUTE ON FUNCTION request_push(uuid, text[]) TO rolecall_server, rolecall_sync;

-- 3. Roles given to and taken from many members: done by the queue, followed by people.
CREATE TABLE bulk_role_change (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  actor_id text NOT NULL,
  request jsonb NOT NULL,
  status text NOT NULL DEFAULT 'queued',
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  refused jsonb NOT NULL DEFAULT '[]',
  error text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at timestamptz(3),
  CONSTRAINT bulk_role_change_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE bulk_role_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE bulk_role_change FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON bulk_role_change AS RESTRICTIVE FOR ALL TO rolecall_server, CURRENT_USER
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_select ON bulk_role_change FOR SELECT TO rolecall_server
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_insert ON bulk_role_change FOR INSERT TO rolecall_server
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
CREATE POLICY tenant_update ON bulk_role_change FOR UPDATE TO rolecall_server
  USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON bulk_role_change TO rolecall_server;
