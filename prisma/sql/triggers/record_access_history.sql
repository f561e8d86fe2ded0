-- Adds to the access history, at commit, what differs from the last state of the entity. The times of one entity only
-- rise, whatever the clock does. A user who is neither banned nor deleted has no state and is not looked at: thousands
-- arrive in one import.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION record_access_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  present current_access;
  last access_history;
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'tenant' THEN
      SELECT * INTO present FROM current_access WHERE kind = 'tenant' AND id = NEW.id;
    WHEN 'membership' THEN
      SELECT * INTO present FROM current_access WHERE kind = 'membership' AND tenant_id = NEW.tenant_id AND id = NEW.id;
    WHEN 'membership_role' THEN
      SELECT * INTO present FROM current_access WHERE kind = 'assignment' AND tenant_id = NEW.tenant_id AND id = NEW.id;
    WHEN 'role' THEN
      SELECT * INTO present FROM current_access WHERE kind = 'role' AND tenant_id = NEW.tenant_id AND id = NEW.id;
    WHEN 'role_permission' THEN
      IF TG_OP = 'DELETE' THEN
        SELECT * INTO present FROM current_access WHERE kind = 'role' AND tenant_id = OLD.tenant_id AND id = OLD.role_id;
      ELSE
        SELECT * INTO present FROM current_access WHERE kind = 'role' AND tenant_id = NEW.tenant_id AND id = NEW.role_id;
      END IF;
    WHEN 'permission' THEN
      SELECT * INTO present FROM current_access WHERE kind = 'permission' AND entity_id = NEW.code;
    WHEN 'user' THEN
      SELECT * INTO present FROM current_access WHERE kind = 'user' AND entity_id = NEW.id;
  END CASE;
  SELECT * INTO last FROM access_history history
  WHERE history.tenant_id = present.tenant_id AND history.kind = present.kind AND history.entity_id = present.entity_id
  ORDER BY history.at DESC LIMIT 1;
  IF last.state IS DISTINCT FROM present.state
    AND NOT (last.state IS NULL AND present.kind = 'user' AND present.state = '{"banned": false, "deleted": false}')
  THEN
    INSERT INTO access_history (tenant_id, kind, entity_id, at, state)
    VALUES (present.tenant_id, present.kind, present.entity_id,
      greatest(clock_timestamp(), last.at + interval '1 microsecond'), present.state);
  END IF;
  RETURN NULL;
END $$;
-- To create a trigger, the owner of the table must be allowed to execute its function.
GRANT EXECUTE ON FUNCTION record_access_history() TO SESSION_USER;
RESET ROLE;

DO $$
DECLARE
  recorded record;
BEGIN
  FOR recorded IN SELECT * FROM (VALUES
    ('tenant', 'access_history', 'INSERT OR UPDATE OF status, kind, name, slug', NULL),
    ('membership', 'access_history', 'INSERT OR UPDATE OF status, user_id', NULL),
    ('membership_role', 'access_history', 'INSERT OR UPDATE', NULL),
    ('role', 'access_history', 'INSERT OR UPDATE OF key, name, is_owner, parent_role_id, version, deleted_at', NULL),
    ('role_permission', 'access_history', 'INSERT OR UPDATE OR DELETE', NULL),
    ('permission', 'access_history', 'INSERT OR UPDATE OF scope, retired_at', NULL),
    ('user', 'access_history', 'INSERT', 'NEW.banned OR NEW.deleted_at IS NOT NULL'),
    ('user', 'access_history_change', 'UPDATE OF banned, deleted_at',
      'OLD.banned <> NEW.banned OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)')
  ) AS listed (name, trigger, events, condition) LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', recorded.trigger, recorded.name);
    EXECUTE format('CREATE CONSTRAINT TRIGGER %I AFTER %s ON %I DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW %s EXECUTE FUNCTION record_access_history()',
      recorded.trigger, recorded.events, recorded.name, 'WHEN (' || recorded.condition || ')');
  END LOOP;
END $$;
