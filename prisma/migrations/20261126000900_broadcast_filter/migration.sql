-- Saved filters. The release before sends what is approved from the recipients' rows, as it did.
ALTER TABLE "broadcast" ADD COLUMN "filter" JSONB;

CREATE TABLE "broadcast_filter" (
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "criteria" JSONB NOT NULL,
  "author_id" UUID NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "broadcast_filter_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "broadcast_filter_name_key" ON "broadcast_filter" ("name");
