-- Returns whether an active member of the tenant who can act, neither banned nor deleted, holds an owner role now and without an
-- end. Runs as its caller.
CREATE OR REPLACE FUNCTION tenant_has_owner(of_tenant uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM membership_role assignment
    JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.is_owner
    JOIN membership ON membership.tenant_id = assignment.tenant_id AND membership.id = assignment.membership_id
    JOIN "user" person ON person.id = membership.user_id
    WHERE assignment.tenant_id = of_tenant AND assignment.ended_at IS NULL AND assignment.valid_until IS NULL
      AND assignment.valid_from <= clock_timestamp()
      AND membership.status = 'active' AND NOT person.banned AND person.deleted_at IS NULL)
$$;
GRANT EXECUTE ON FUNCTION tenant_has_owner(uuid) TO rolecall_server, rolecall_sync, rolecall_access;
