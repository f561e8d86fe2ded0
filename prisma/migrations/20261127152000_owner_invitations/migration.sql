-- The list of tenants tells a tenant whose first owner is invited from one without anyone to manage it. Whom an invitation is for, and its
-- token, stay closed to the login that reads across tenants.
GRANT SELECT (tenant_id, id, status, expires_at) ON invitation TO rolecall_platform;
GRANT SELECT (tenant_id, invitation_id, role_id) ON invitation_role TO rolecall_platform;
CREATE POLICY platform_read ON invitation FOR SELECT TO rolecall_platform USING (true);
CREATE POLICY platform_read ON invitation_role FOR SELECT TO rolecall_platform USING (true);
