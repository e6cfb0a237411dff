-- Notices and who has read them. Nothing of the release before knows these tables.
CREATE TABLE "notice" (
  "id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "audience" JSONB NOT NULL,
  "files" JSONB NOT NULL DEFAULT '[]',
  "must_read" BOOLEAN NOT NULL,
  "valid_until" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  "author_id" UUID,
  "daily" DATE,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  "withdrawn_at" TIMESTAMPTZ(3),
  CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);
-- One list of a day's knowledge, whoever writes it first.
CREATE UNIQUE INDEX "notice_daily_key" ON "notice" ("daily");
CREATE INDEX "notice_created_at_id_idx" ON "notice" ("created_at", "id");

CREATE TABLE "notice_receipt" (
  "notice_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "told_at" TIMESTAMPTZ(3) NOT NULL,
  "delivered_at" TIMESTAMPTZ(3),
  "opened_at" TIMESTAMPTZ(3),
  "confirmed_at" TIMESTAMPTZ(3),
  "reminders" INTEGER NOT NULL DEFAULT 0,
  "reminded_at" TIMESTAMPTZ(3),
  CONSTRAINT "notice_receipt_pkey" PRIMARY KEY ("notice_id", "person_id"),
  CONSTRAINT "notice_receipt_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice" ("id"),
  CONSTRAINT "notice_receipt_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
  -- Whatever a program does: nobody has read what did not reach them.
  CONSTRAINT "notice_receipt_order" CHECK (("opened_at" IS NULL OR "delivered_at" IS NOT NULL) AND ("confirmed_at" IS NULL OR "opened_at" IS NOT NULL))
);
CREATE INDEX "notice_receipt_unread_idx" ON "notice_receipt" ("person_id") WHERE "confirmed_at" IS NULL;
