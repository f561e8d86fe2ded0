-- A tenant always keeps an owner who can act. The lock makes the second of two concurrent demotions see the first.
CREATE OR REPLACE FUNCTION require_owner() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- What happens to other members leaves the tenant as many owners as it had.
  IF TG_TABLE_NAME = 'membership_role' AND NOT EXISTS (
    SELECT 1 FROM role WHERE tenant_id = NEW.tenant_id AND id = (to_jsonb(NEW) ->> 'role_id')::uuid AND is_owner)
  THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'membership' AND NOT EXISTS (
    SELECT 1 FROM membership_role assignment
    JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.is_owner
    WHERE assignment.tenant_id = NEW.tenant_id AND assignment.membership_id = NEW.id AND assignment.ended_at IS NULL)
  THEN
    RETURN NULL;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('tenant:' || NEW.tenant_id, 0));
  IF EXISTS (SELECT 1 FROM tenant WHERE id = NEW.tenant_id AND ownerless_since IS NULL)
    AND EXISTS (
      SELECT 1 FROM membership_role assignment
      JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.is_owner
      WHERE assignment.tenant_id = NEW.tenant_id)
    AND NOT tenant_has_owner(NEW.tenant_id)
  THEN
    RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = 'a tenant keeps at least one owner who can act';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS require_owner ON membership_role;
CREATE CONSTRAINT TRIGGER require_owner AFTER UPDATE OF ended_at, valid_until ON membership_role
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_owner();
DROP TRIGGER IF EXISTS require_owner ON membership;
CREATE CONSTRAINT TRIGGER require_owner AFTER UPDATE OF status ON membership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status <> 'active') EXECUTE FUNCTION require_owner();
