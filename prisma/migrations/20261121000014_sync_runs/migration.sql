-- AlterTable
ALTER TABLE "sync_run" ADD COLUMN     "direction" TEXT NOT NULL DEFAULT 'pull',
ADD COLUMN     "error" TEXT,
ADD COLUMN     "lease_holder" TEXT,
ADD COLUMN     "lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'repair',
ADD COLUMN     "waiting_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sync_drift" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "user_id" TEXT,
    "organization_id" TEXT,
    "kind" TEXT NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "state" TEXT NOT NULL DEFAULT 'open',
    "wanted" TEXT,
    "note" TEXT,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "repaired_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_drift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_seen" (
    "run_id" UUID NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,

    CONSTRAINT "sync_seen_pkey" PRIMARY KEY ("run_id","object_type","object_id")
);

-- CreateIndex
CREATE INDEX "sync_drift_run_id_id_idx" ON "sync_drift"("run_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_drift_run_id_object_type_object_id_key" ON "sync_drift"("run_id", "object_type", "object_id");

-- AddForeignKey
ALTER TABLE "sync_drift" ADD CONSTRAINT "sync_drift_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "sync_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- 1. One run at a time, whoever starts it.
CREATE UNIQUE INDEX one_sync_run ON sync_run ((true)) WHERE status = 'running';

-- 2. The login for syncing does the work; people start, stop and order repairs from inside the platform tenant.
ALTER TABLE sync_drift ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync_drift FORCE ROW LEVEL SECURITY;
ALTER TABLE sync_seen ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync_seen FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
  named text;
  inside CONSTANT text := '(SELECT nullif(current_setting(''app.current_tenant_id'', true), '''')) = ''00000000-0000-7000-8000-000000000001''';
BEGIN
  FOREACH named IN ARRAY ARRAY['sync_drift', 'sync_seen'] LOOP
    EXECUTE format('CREATE POLICY sync_select ON %I FOR SELECT TO rolecall_sync USING (true)', named);
    EXECUTE format('CREATE POLICY sync_insert ON %I FOR INSERT TO rolecall_sync WITH CHECK (true)', named);
    EXECUTE format('CREATE POLICY sync_update ON %I FOR UPDATE TO rolecall_sync USING (true) WITH CHECK (true)', named);
    EXECUTE format('CREATE POLICY sync_delete ON %I FOR DELETE TO rolecall_sync USING (true)', named);
  END LOOP;
  FOREACH named IN ARRAY ARRAY['sync_run', 'sync_drift'] LOOP
    EXECUTE format('CREATE POLICY staff_select ON %I FOR SELECT TO rolecall_server USING (%s)', named, inside);
    EXECUTE format('CREATE POLICY staff_update ON %I FOR UPDATE TO rolecall_server USING (%s) WITH CHECK (%s)', named, inside, inside);
  END LOOP;
  EXECUTE format('CREATE POLICY staff_insert ON sync_run FOR INSERT TO rolecall_server WITH CHECK (%s)', inside);
END $$;
CREATE POLICY platform_read ON sync_drift FOR SELECT TO rolecall_platform USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON sync_drift TO rolecall_sync;
GRANT SELECT, INSERT, DELETE ON sync_seen TO rolecall_sync;
GRANT SELECT ON sync_drift TO rolecall_platform;
GRANT SELECT, INSERT, UPDATE ON sync_run TO rolecall_server;
GRANT SELECT, UPDATE ON sync_drift TO rolecall_server;

-- 3. Nobody starts, ends or resumes a run without an audit row.
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF status ON sync_run
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_audit_row();
