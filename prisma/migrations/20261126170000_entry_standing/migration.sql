-- What became of the entry with a revision, and the import that wrote it: the release before writes neither.
ALTER TABLE "revision" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'published';
ALTER TABLE "revision" ADD COLUMN "import_id" UUID;
ALTER TABLE "revision" ADD CONSTRAINT "revision_state" CHECK ("state" IN ('published', 'withdrawn'));
CREATE INDEX "revision_import_id_idx" ON "revision" ("import_id");
