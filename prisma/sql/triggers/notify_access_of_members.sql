-- The same hint about the users whose memberships or roles a statement changed.
CREATE OR REPLACE FUNCTION notify_access_of_members() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'membership' AND TG_OP = 'UPDATE' THEN
    PERFORM pg_notify('access_changed', user_id)
    FROM (SELECT tenant_id, user_id, status FROM changed EXCEPT SELECT tenant_id, user_id, status FROM former) updated;
  ELSE
    PERFORM pg_notify('access_changed', user_id) FROM (SELECT DISTINCT user_id FROM changed) added;
  END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['membership', 'membership_role'] LOOP
    -- Earlier versions notified per row.
    EXECUTE format('DROP TRIGGER IF EXISTS notify_access_change ON %I', name);
    EXECUTE format('CREATE OR REPLACE TRIGGER notify_access AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION notify_access_of_members()', name);
    EXECUTE format('CREATE OR REPLACE TRIGGER notify_access_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS former NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION notify_access_of_members()', name);
  END LOOP;
END $$;
