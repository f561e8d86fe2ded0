-- Pushes to the identity provider the roles that users assign and remove. What the provider or the system assigned
-- (no user is named) the provider knows already, or need not know.
CREATE OR REPLACE FUNCTION push_assignments() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM request_push(tenant_id, array_agg(user_id)) FROM changed
  WHERE CASE WHEN ended_at IS NULL THEN granted_by ELSE ended_by END IS NOT NULL GROUP BY tenant_id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER push_assigned AFTER INSERT ON membership_role
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION push_assignments();
CREATE OR REPLACE TRIGGER push_updated AFTER UPDATE ON membership_role
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION push_assignments();
