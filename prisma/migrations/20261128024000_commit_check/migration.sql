-- What a statement changed, for as long as the statement runs: the deferred triggers of this table check it at commit
-- (prisma/sql/triggers/check_at_commit.sql). Always empty, so that it needs no write-ahead log and no backup.
CREATE UNLOGGED TABLE commit_check (
  table_name text NOT NULL,
  command text NOT NULL,
  tenant_ids uuid[],
  keys text[]
);
ALTER TABLE commit_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE commit_check FORCE ROW LEVEL SECURITY;
CREATE POLICY access_all ON commit_check FOR ALL TO rolecall_access USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON commit_check TO rolecall_access;

-- Whether a transaction wrote an audit row.
CREATE POLICY access_read ON audit_log FOR SELECT TO rolecall_access USING (true);
GRANT SELECT (created_at, xid) ON audit_log TO rolecall_access;
