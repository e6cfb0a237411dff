-- CreateTable
CREATE TABLE "audit_pending" (
    "audit_id" UUID NOT NULL,
    "audit_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("audit_id")
);

-- The sealer must find a row that was committed late under an older time without reading the whole record,
-- so every insert, by whichever statement, leaves a note of itself.
CREATE FUNCTION yingda_note_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "audit_pending" ("audit_id", "audit_at") VALUES (NEW."id", NEW."created_at");
  RETURN NULL;
END $$;

CREATE TRIGGER "audit_note" AFTER INSERT ON "audit" FOR EACH ROW EXECUTE FUNCTION yingda_note_audit();
