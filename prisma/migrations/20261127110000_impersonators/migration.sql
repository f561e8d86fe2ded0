-- Who acted as the actor of an event; null in the rows so far, and wherever users act themselves.
ALTER TABLE audit_log ADD COLUMN impersonator_id text;
CREATE INDEX audit_log_impersonator ON audit_log (tenant_id, impersonator_id, created_at, id) WHERE impersonator_id IS NOT NULL;
GRANT INSERT (impersonator_id) ON audit_log TO rolecall_server, rolecall_sync;
