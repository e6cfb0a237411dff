-- Broadcasts. Nothing of the release before knows these tables.
CREATE TABLE "broadcast" (
  "id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "account_id" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'draft',
  "revision" INTEGER NOT NULL DEFAULT 1,
  "per_minute" INTEGER NOT NULL,
  "segments" INTEGER,
  "recipients" INTEGER NOT NULL DEFAULT 0,
  "audience" JSONB,
  "author_id" UUID NOT NULL,
  "approver_id" UUID,
  "approved_at" TIMESTAMPTZ(3),
  "remark" TEXT,
  "start_at" TIMESTAMPTZ(3),
  "started_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  "next_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "broadcast_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "broadcast_state" CHECK ("state" IN ('draft', 'submitted', 'approved', 'scheduled', 'running', 'paused', 'done', 'cancelled')),
  -- Whatever a program does: nobody approves what they wrote.
  CONSTRAINT "broadcast_four_eyes" CHECK ("approver_id" <> "author_id"),
  CONSTRAINT "broadcast_sent_approved" CHECK ("state" NOT IN ('approved', 'scheduled', 'running', 'paused', 'done') OR "approver_id" IS NOT NULL)
);
CREATE INDEX "broadcast_created_at_id_idx" ON "broadcast" ("created_at", "id");
CREATE INDEX "broadcast_due_idx" ON "broadcast" ("next_at") WHERE "state" IN ('scheduled', 'running');

CREATE TABLE "broadcast_recipient" (
  "broadcast_id" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "key_hmac" BYTEA NOT NULL,
  "value_sealed" BYTEA NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "delivery_id" UUID,
  CONSTRAINT "broadcast_recipient_pkey" PRIMARY KEY ("broadcast_id", "position"),
  CONSTRAINT "broadcast_recipient_state" CHECK ("state" IN ('waiting', 'queued', 'skipped')),
  CONSTRAINT "broadcast_recipient_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcast" ("id")
);
CREATE UNIQUE INDEX "broadcast_recipient_broadcast_id_key_hmac_key" ON "broadcast_recipient" ("broadcast_id", "key_hmac");
CREATE INDEX "broadcast_recipient_waiting_idx" ON "broadcast_recipient" ("broadcast_id", "position") WHERE "state" = 'waiting';
