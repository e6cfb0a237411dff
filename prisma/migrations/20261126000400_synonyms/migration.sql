-- Synonyms that editors keep. Nothing of the release before knows this table.
CREATE TABLE "synonym_group" (
  "id" UUID NOT NULL,
  "words" JSONB NOT NULL,
  "revision" INTEGER NOT NULL DEFAULT 1,
  "author_id" UUID,
  "removed_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "synonym_group_pkey" PRIMARY KEY ("id")
);
