-- Changes of the planned roster, each of which can be taken back.
CREATE TABLE "roster_edit" (
  "id" UUID NOT NULL,
  "editor_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "planned_ids" JSONB NOT NULL,
  "cancelled_ids" JSONB NOT NULL,
  "undoes_id" UUID,
  "undone_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "roster_edit_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "roster_edit_kind" CHECK ("kind" IN ('edit', 'rotation', 'import', 'undo'))
);
CREATE INDEX "roster_edit_created_at_idx" ON "roster_edit" ("created_at");

-- Personal calendar feeds: who knows the address may read the shifts; only the hash of its secret is kept.
CREATE TABLE "roster_feed" (
  "person_id" UUID NOT NULL,
  "secret_hash" BYTEA NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "roster_feed_pkey" PRIMARY KEY ("person_id")
);
CREATE UNIQUE INDEX "roster_feed_secret_hash_key" ON "roster_feed" ("secret_hash");
