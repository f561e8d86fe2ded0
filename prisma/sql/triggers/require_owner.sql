-- A tenant always keeps an owner who can act. What happens to other members leaves it as many owners as it had. The lock makes
-- the second of two concurrent demotions see the first.
DROP FUNCTION IF EXISTS require_owner() CASCADE;
SET LOCAL ROLE rolecall_access;
CREATE FUNCTION require_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  touched uuid;
BEGIN
  FOR touched IN
    -- OFFSET 0 makes each a look-up of an index, however many tenants there are.
    SELECT DISTINCT changed.tenant_id FROM unnest(NEW.tenant_ids, NEW.keys::uuid[]) AS changed (tenant_id, id)
    CROSS JOIN LATERAL (
      SELECT role_id FROM membership_role
      WHERE NEW.table_name = 'membership_role' AND tenant_id = changed.tenant_id AND id = changed.id
      UNION ALL
      SELECT role_id FROM membership
      JOIN membership_role assignment ON assignment.tenant_id = membership.tenant_id AND assignment.membership_id = membership.id
      WHERE NEW.table_name = 'membership' AND membership.tenant_id = changed.tenant_id AND membership.id = changed.id
        AND membership.status <> 'active' AND assignment.ended_at IS NULL
      OFFSET 0
    ) assignment
    CROSS JOIN LATERAL (
      SELECT FROM role WHERE role.tenant_id = changed.tenant_id AND role.id = assignment.role_id AND role.is_owner OFFSET 0
    ) owner_role
    ORDER BY changed.tenant_id
  LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('tenant:' || touched, 0));
    IF EXISTS (SELECT 1 FROM tenant WHERE id = touched AND ownerless_since IS NULL) AND NOT tenant_has_owner(touched) THEN
      RAISE EXCEPTION USING ERRCODE = 'RC001', MESSAGE = 'a tenant keeps at least one owner who can act';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION require_owner() TO SESSION_USER;
RESET ROLE;

CREATE CONSTRAINT TRIGGER require_owner AFTER INSERT ON commit_check DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.command = 'UPDATE' AND NEW.table_name IN ('membership', 'membership_role')) EXECUTE FUNCTION require_owner();
