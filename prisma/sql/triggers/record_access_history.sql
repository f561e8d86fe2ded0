-- Adds to the access history, at commit, what differs from the last state of each entity. The times of one entity only
-- rise, whatever the clock does. A user who is neither banned nor deleted has no state.
DROP FUNCTION IF EXISTS record_access_history() CASCADE;
SET LOCAL ROLE rolecall_access;
CREATE FUNCTION record_access_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  changed_kind CONSTANT text := CASE NEW.table_name
    WHEN 'membership_role' THEN 'assignment' WHEN 'role_permission' THEN 'role' ELSE NEW.table_name END;
BEGIN
  INSERT INTO access_history (tenant_id, kind, entity_id, at, state)
  SELECT present.tenant_id, present.kind, present.entity_id,
    greatest(clock_timestamp(), last.at + interval '1 microsecond'), present.state
  FROM (SELECT DISTINCT * FROM unnest(NEW.tenant_ids, NEW.keys) AS changed (tenant_id, key)) changed
  -- OFFSET 0 makes each a look-up of an index: a kind has a uuid or another key.
  CROSS JOIN LATERAL (
    SELECT * FROM current_access
    WHERE kind = changed_kind AND tenant_id = changed.tenant_id AND id = changed.key::uuid
    UNION ALL
    SELECT * FROM current_access WHERE kind = changed_kind AND id IS NULL AND entity_id = changed.key
    OFFSET 0
  ) present
  LEFT JOIN LATERAL (
    SELECT * FROM access_history history
    WHERE history.tenant_id = present.tenant_id AND history.kind = present.kind AND history.entity_id = present.entity_id
    ORDER BY history.at DESC LIMIT 1
  ) last ON true
  WHERE last.state IS DISTINCT FROM present.state
    AND NOT (last.state IS NULL AND present.kind = 'user' AND present.state = '{"banned": false, "deleted": false}');
  RETURN NULL;
END $$;
-- To create a trigger, the owner of the table must be allowed to execute its function.
GRANT EXECUTE ON FUNCTION record_access_history() TO SESSION_USER;
RESET ROLE;

CREATE CONSTRAINT TRIGGER record_access_history AFTER INSERT ON commit_check DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.table_name IN ('tenant', 'membership', 'membership_role', 'role', 'role_permission', 'permission', 'user'))
  EXECUTE FUNCTION record_access_history();
