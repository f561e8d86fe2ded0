-- Adds to the access history, at commit, what differs from the last state of each entity. The times of one entity only
-- rise, whatever the clock does. A user who is neither banned nor deleted has no state. One function per table: a plan for any
-- kind would open the tables of all.
-- Earlier versions had one for all.
DROP FUNCTION IF EXISTS record_access_history() CASCADE;
DO $$
DECLARE
  recorded record;
BEGIN
  FOR recorded IN SELECT * FROM (VALUES
    ('tenant', 'tenant', 'id = changed.key::uuid'),
    ('membership', 'membership', 'id = changed.key::uuid'),
    ('membership_role', 'assignment', 'id = changed.key::uuid'),
    ('role', 'role', 'id = changed.key::uuid'),
    ('role_permission', 'role', 'id = changed.key::uuid'),
    ('permission', 'permission', 'entity_id = changed.key'),
    ('user', 'user', 'entity_id = changed.key')
  ) AS listed (name, kind, is_changed) LOOP
    SET LOCAL ROLE rolecall_access;
    EXECUTE format($create$
      CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $function$
      BEGIN
        INSERT INTO access_history (tenant_id, kind, entity_id, at, state)
        SELECT present.tenant_id, present.kind, present.entity_id,
          greatest(clock_timestamp(), last.at + interval '1 microsecond'), present.state
        FROM (SELECT DISTINCT * FROM unnest(NEW.tenant_ids, NEW.keys) AS changed (tenant_id, key)) changed
        -- OFFSET 0 makes each a look-up of an index.
        CROSS JOIN LATERAL (
          SELECT * FROM current_access
          WHERE kind = %2$L AND tenant_id = coalesce(changed.tenant_id, platform_tenant_id()) AND %3$s OFFSET 0
        ) present
        LEFT JOIN LATERAL (
          SELECT * FROM access_history history
          WHERE history.tenant_id = present.tenant_id AND history.kind = %2$L AND history.entity_id = present.entity_id
          ORDER BY history.at DESC LIMIT 1
        ) last ON true
        WHERE last.state IS DISTINCT FROM present.state
          AND NOT (last.state IS NULL AND present.kind = 'user' AND present.state = '{"banned": false, "deleted": false}');
        RETURN NULL;
      END $function$;
      -- To create a trigger, the owner of the table must be allowed to execute its function.
      GRANT EXECUTE ON FUNCTION %1$I() TO SESSION_USER$create$,
      'record_history_of_' || recorded.name, recorded.kind, recorded.is_changed);
    RESET ROLE;
    EXECUTE format($create$
      DROP TRIGGER IF EXISTS %1$I ON commit_check;
      CREATE CONSTRAINT TRIGGER %1$I AFTER INSERT ON commit_check DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.table_name = %2$L) EXECUTE FUNCTION %1$I()$create$,
      'record_history_of_' || recorded.name, recorded.name);
  END LOOP;
END $$;
