-- 1. The inbox: which request brought a message, and when what waits is to be tried (again). Statuses: received, applied,
-- ignored, failed (to be tried again), dead (given up after eight attempts).
ALTER TABLE webhook_event ADD COLUMN request_id text, ADD COLUMN next_attempt_at timestamptz(3);
UPDATE webhook_event SET next_attempt_at = received_at WHERE status IN ('received', 'failed') AND attempts < 8;
UPDATE webhook_event SET status = 'dead' WHERE status = 'failed' AND attempts >= 8;
-- Nearly every message is applied with the statement that stores it: only the others are in these.
DROP INDEX webhook_event_status_received_at_idx;
CREATE INDEX webhook_event_waiting ON webhook_event (next_attempt_at) WHERE status IN ('received', 'failed');
CREATE INDEX webhook_event_not_applied ON webhook_event (status, received_at, id) WHERE status <> 'applied';

-- Replaying is a change by somebody of the staff: the server may do it while it works in the platform's tenant.
CREATE POLICY staff_select ON webhook_event FOR SELECT TO rolecall_server
  USING ((SELECT nullif(current_setting('app.current_tenant_id', true), '')) = '00000000-0000-7000-8000-000000000001');
CREATE POLICY staff_update ON webhook_event FOR UPDATE TO rolecall_server
  USING ((SELECT nullif(current_setting('app.current_tenant_id', true), '')) = '00000000-0000-7000-8000-000000000001')
  WITH CHECK ((SELECT nullif(current_setting('app.current_tenant_id', true), '')) = '00000000-0000-7000-8000-000000000001');
GRANT SELECT (id, type, status, object_id, attempts, received_at),
  UPDATE (status, attempts, last_error, next_attempt_at) ON webhook_event TO rolecall_server;

-- 2. What the provider calls the role that it gave, to know whether it says something else.
ALTER TABLE membership ADD COLUMN identity_role text;

-- 3. Invitations made at the provider. Its links are never stored.
CREATE UNIQUE INDEX invitation_tenant_id_identity_invitation_id_key ON invitation (tenant_id, identity_invitation_id);
CREATE POLICY sync_select ON invitation FOR SELECT TO rolecall_sync USING (true);
CREATE POLICY sync_insert ON invitation FOR INSERT TO rolecall_sync WITH CHECK (true);
CREATE POLICY sync_update ON invitation FOR UPDATE TO rolecall_sync USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON invitation TO rolecall_sync;
CREATE POLICY sync_select ON invitation_role FOR SELECT TO rolecall_sync USING (true);
CREATE POLICY sync_insert ON invitation_role FOR INSERT TO rolecall_sync WITH CHECK (true);
GRANT SELECT, INSERT ON invitation_role TO rolecall_sync;

-- 4. Sessions that ended at the provider: a token of theirs is refused at once, though its time is not over.
CREATE TABLE ended_session (
  id text NOT NULL,
  user_id text NOT NULL,
  ended_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT ended_session_pkey PRIMARY KEY (id)
);
CREATE INDEX ended_session_ended_at_idx ON ended_session (ended_at);
ALTER TABLE ended_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE ended_session FORCE ROW LEVEL SECURITY;
CREATE POLICY own_select ON ended_session FOR SELECT TO rolecall_server
  USING (user_id = (SELECT nullif(current_setting('app.current_user_id', true), '')));
CREATE POLICY sync_select ON ended_session FOR SELECT TO rolecall_sync USING (true);
CREATE POLICY sync_insert ON ended_session FOR INSERT TO rolecall_sync WITH CHECK (true);
CREATE POLICY sync_delete ON ended_session FOR DELETE TO rolecall_sync USING (true);
GRANT SELECT ON ended_session TO rolecall_server;
GRANT SELECT, INSERT, DELETE ON ended_session TO rolecall_sync;
