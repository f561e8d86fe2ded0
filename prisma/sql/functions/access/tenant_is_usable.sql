-- Returns whether the members of a tenant with this status may do anything in it.
CREATE OR REPLACE FUNCTION tenant_is_usable(status "TenantStatus") RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN status IN ('trialing', 'active');
GRANT EXECUTE ON FUNCTION tenant_is_usable("TenantStatus") TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;
