-- Whose session a token names is read together with the access of its user and the rows that they ask for. No login but that of the
-- local identity provider reads the table: open_session() (prisma/sql) answers who knows a token, and the columns end there.
GRANT USAGE ON SCHEMA auth TO rolecall_access;
GRANT SELECT ("id", "token", "userId", "expiresAt") ON auth."session" TO rolecall_access;
CREATE POLICY access_read ON auth."session" FOR SELECT TO rolecall_access USING (true);

-- The login that reads across tenants refuses ended sessions itself.
GRANT SELECT ON ended_session TO rolecall_platform;
CREATE POLICY platform_read ON ended_session FOR SELECT TO rolecall_platform USING (true);
