-- What must hold at commit is checked once per statement, not per row, although PostgreSQL defers row triggers only: a
-- statement that changes one of these columns inserts one row with the keys of all that it changed, and the deferred triggers
-- of that row check them. It is deleted immediately; its triggers still fire, and no login can touch it. The same functions notify
-- of the users whose memberships or roles changed, as notify_access() of other changes.
DO $$
DECLARE
  checked record;
BEGIN
  FOR checked IN SELECT * FROM (VALUES
    ('tenant', 'id', 'id', 'name, slug, status, kind, identity_org_id, ownerless_since'),
    ('membership', 'tenant_id', 'id', 'status, user_id'),
    ('membership_role', 'tenant_id', 'id', '*'),
    ('role', 'tenant_id', 'id', 'key, name, description, is_system, is_default, is_owner, is_self_assignable, identity_role, parent_role_id, version, deleted_at'),
    ('role_permission', 'tenant_id', 'role_id', '*'),
    ('invitation', 'tenant_id', 'id', 'email, token_hash, status, expires_at'),
    ('api_key', 'tenant_id', 'id', 'name, prefix, key_hash, created_by, expires_at, revoked_at, revoked_by'),
    ('permission', 'NULL::uuid', 'code', 'description, scope, retired_at'),
    ('outgoing_webhook', 'tenant_id', 'id', '*'),
    ('sync_run', 'NULL::uuid', 'id', 'status'),
    ('user', 'NULL::uuid', 'id', 'email, name, first_name, last_name, image_url, banned, locked, identity_role, deleted_at')
  ) AS listed (name, tenant, key, columns) LOOP
    SET LOCAL ROLE rolecall_access;
    EXECUTE format($create$
      CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
      DECLARE
        row_id tid;
        changed_keys text[];
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          INSERT INTO commit_check SELECT TG_TABLE_NAME, TG_OP, array_agg(tenant_of_row), array_agg(key_of_row)
          FROM (SELECT %2$s AS tenant_of_row, %3$s::text AS key_of_row, %4$s FROM changed EXCEPT SELECT %2$s, %3$s::text, %4$s FROM former) updated
          HAVING count(*) > 0 RETURNING ctid, keys INTO row_id, changed_keys;
        ELSE
          INSERT INTO commit_check SELECT TG_TABLE_NAME, TG_OP, array_agg(%2$s), array_agg(%3$s::text)
          FROM changed HAVING count(*) > 0 RETURNING ctid, keys INTO row_id, changed_keys;
        END IF;
        IF row_id IS NULL THEN RETURN NULL; END IF;
        DELETE FROM commit_check WHERE ctid = row_id;
        %5$s
        RETURN NULL;
      END $function$;
      GRANT EXECUTE ON FUNCTION %1$I() TO SESSION_USER$create$,
      'check_' || checked.name, checked.tenant, checked.key, checked.columns,
      CASE WHEN checked.name IN ('membership', 'membership_role') THEN $notify$
        IF TG_OP <> 'DELETE' THEN
          PERFORM pg_notify('access_changed', user_id)
          FROM (SELECT DISTINCT user_id FROM changed WHERE id IN (SELECT unnest(changed_keys)::uuid)) of_user;
        END IF;$notify$ END);
    RESET ROLE;
    EXECUTE format($create$
      CREATE OR REPLACE TRIGGER check_insert AFTER INSERT ON %1$I REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION %2$I();
      CREATE OR REPLACE TRIGGER check_update AFTER UPDATE ON %1$I REFERENCING OLD TABLE AS former NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION %2$I();
      CREATE OR REPLACE TRIGGER check_delete AFTER DELETE ON %1$I REFERENCING OLD TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION %2$I()$create$,
      checked.name, 'check_' || checked.name);
  END LOOP;
END $$;

-- Earlier versions notified of members by triggers of their own.
DROP FUNCTION IF EXISTS notify_access_of_members() CASCADE;
