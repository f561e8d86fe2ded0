-- The counters of rate-limiter-flexible, which fixes the columns and their order. Unlogged: counting costs no write-ahead log, and after a
-- crash of PostgreSQL every count starts over. Only the login of the accounts reaches it.
-- auth."rateLimit" stays for the running version, which still counts there.
CREATE UNLOGGED TABLE auth.rate_limit (
  key varchar(255) NOT NULL PRIMARY KEY,
  points integer NOT NULL,
  expire bigint
);
ALTER TABLE auth.rate_limit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY auth_all ON auth.rate_limit FOR ALL TO rolecall_auth USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.rate_limit TO rolecall_auth;
