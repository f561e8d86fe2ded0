-- Lists search and sort folded text. The server folds what is there at its next start (bff/src/derived-columns.ts).
ALTER TABLE tenant ADD COLUMN search_text text NOT NULL DEFAULT '';
ALTER TABLE role ADD COLUMN search_text text NOT NULL DEFAULT '';
ALTER TABLE permission ADD COLUMN search_text text NOT NULL DEFAULT '';
ALTER TABLE api_key ADD COLUMN search_text text NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN search_text text NOT NULL DEFAULT '';
ALTER TABLE audit_subject ADD COLUMN search_text text NOT NULL DEFAULT '';
ALTER TABLE audit_log ADD COLUMN search_text text;

DROP INDEX tenant_name_id_idx;
CREATE INDEX tenant_search_text_id_idx ON tenant (search_text, id);
DROP INDEX api_key_tenant_id_name_id_idx;
CREATE INDEX api_key_tenant_id_search_text_id_idx ON api_key (tenant_id, search_text, id);

GRANT INSERT (search_text) ON audit_log TO rolecall_server, rolecall_sync;

-- The login that fills them sees every tenant; of these three tables it may write nothing else.
GRANT UPDATE (search_text) ON role, permission, api_key TO rolecall_sync;
GRANT SELECT (tenant_id, id, name, search_text) ON api_key TO rolecall_sync;
CREATE POLICY sync_select ON api_key FOR SELECT TO rolecall_sync USING (true);
CREATE POLICY sync_update ON api_key FOR UPDATE TO rolecall_sync USING (true) WITH CHECK (true);
CREATE POLICY sync_update ON role FOR UPDATE TO rolecall_sync USING (true) WITH CHECK (true);
CREATE POLICY sync_update ON permission FOR UPDATE TO rolecall_sync USING (true) WITH CHECK (true);
