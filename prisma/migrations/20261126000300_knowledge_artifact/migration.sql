-- Learned indexes: one process learns, the others load. Nothing of the release before knows these tables.
CREATE TABLE "knowledge_artifact" (
  "kind" TEXT NOT NULL,
  "hash" TEXT NOT NULL,
  "holder" UUID NOT NULL,
  "lease_until" TIMESTAMPTZ(3) NOT NULL,
  "parts" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "knowledge_artifact_pkey" PRIMARY KEY ("kind", "hash")
);

CREATE TABLE "knowledge_artifact_part" (
  "kind" TEXT NOT NULL,
  "hash" TEXT NOT NULL,
  "no" INTEGER NOT NULL,
  "data" BYTEA NOT NULL,
  CONSTRAINT "knowledge_artifact_part_pkey" PRIMARY KEY ("kind", "hash", "no"),
  CONSTRAINT "knowledge_artifact_part_kind_hash_fkey" FOREIGN KEY ("kind", "hash")
    REFERENCES "knowledge_artifact" ("kind", "hash") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Compressed already: PostgreSQL would try again in vain.
ALTER TABLE "knowledge_artifact_part" ALTER COLUMN "data" SET STORAGE EXTERNAL;
