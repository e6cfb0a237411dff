-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "policy_version" (
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "activated_at" TIMESTAMPTZ(3),
    "activated_by" UUID,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret" (
    "name" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "schema_meta" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "min_app" INTEGER NOT NULL,

    CONSTRAINT "schema_meta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file" (
    "id" UUID NOT NULL,
    "sha256" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "retention" TEXT NOT NULL DEFAULT 'standard',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_chunk" (
    "file_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "file_chunk_pkey" PRIMARY KEY ("file_id","no")
);

-- CreateTable
CREATE TABLE "channel_account" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "audience" TEXT NOT NULL DEFAULT 'customer',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "address" (
    "id" UUID NOT NULL,
    "channel_account_id" TEXT NOT NULL,
    "key_hmac" BYTEA NOT NULL,
    "value_sealed" BYTEA NOT NULL,
    "customer_id" UUID,
    "person_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "name_sealed" BYTEA,
    "tier" TEXT NOT NULL DEFAULT 'normal',
    "region" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" UUID NOT NULL,
    "address_id" UUID NOT NULL,
    "audience" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'zh-CN',
    "episode_id" UUID,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "handled_seq" BIGINT NOT NULL DEFAULT 0,
    "state" JSONB NOT NULL DEFAULT '{}',
    "due_at" TIMESTAMPTZ(3),
    "due_since" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "episode" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "owner" TEXT NOT NULL DEFAULT 'bot',
    "person_id" UUID,
    "queue" TEXT,
    "reason" TEXT,
    "summary" JSONB,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_at" TIMESTAMPTZ(3),
    "taken_at" TIMESTAMPTZ(3),
    "first_person_id" UUID,
    "wrap_up" TEXT,
    "rating" INTEGER,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "episode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "episode_id" UUID,
    "author" TEXT NOT NULL,
    "person_id" UUID,
    "visibility" TEXT NOT NULL DEFAULT 'all',
    "kind" TEXT NOT NULL DEFAULT 'message',
    "text" TEXT NOT NULL DEFAULT '',
    "data" JSONB NOT NULL DEFAULT '{}',
    "external_id" TEXT,
    "turn_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'sent',
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id","created_at")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "inbound_key" (
    "channel_account_id" TEXT NOT NULL,
    "conversation_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbound_key_pkey" PRIMARY KEY ("channel_account_id","conversation_id","external_id")
);

-- CreateTable
CREATE TABLE "turn" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "from_seq" BIGINT NOT NULL,
    "to_seq" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "turn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unanswered" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "text" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "nearest_entry_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unanswered_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resume_key" (
    "conversation_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "previous_hash" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resume_key_pkey" PRIMARY KEY ("conversation_id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "address_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "by_bot" BOOLEAN NOT NULL,
    "epoch" INTEGER NOT NULL,
    "class" TEXT NOT NULL DEFAULT 'reply',
    "state" TEXT NOT NULL DEFAULT 'queued',
    "payload" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "external_id" TEXT,
    "maybe_repeated" BOOLEAN NOT NULL DEFAULT false,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lane" (
    "address_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "lease_token" UUID,

    CONSTRAINT "lane_pkey" PRIMARY KEY ("address_id")
);

-- CreateTable
CREATE TABLE "entry" (
    "id" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "catalogue" TEXT NOT NULL,
    "questions" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "sms" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "action" TEXT,
    "state" TEXT NOT NULL DEFAULT 'published',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision" (
    "id" UUID NOT NULL,
    "entry_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "questions" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "sms" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "author_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "job_type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "team_id" UUID,
    "job_type" TEXT NOT NULL,
    "grade" INTEGER NOT NULL DEFAULT 1,
    "password_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'zh-CN',
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "csrf_token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "person_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "department" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_write" (
    "person_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_write_pkey" PRIMARY KEY ("person_id","client_id")
);

-- CreateTable
CREATE TABLE "shift" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "business_date" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "night" BOOLEAN NOT NULL DEFAULT false,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leave_request" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "from_date" DATE NOT NULL,
    "to_date" DATE NOT NULL,
    "days" DOUBLE PRECISION NOT NULL,
    "shift_ids" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "manager_reason" TEXT,
    "checks" JSONB NOT NULL,
    "ladder" JSONB NOT NULL,
    "level" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "policy_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "leave_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leave_decision" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "approver_id" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leave_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card" (
    "token" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "person_id" UUID,
    "data" JSONB NOT NULL,
    "outcome" JSONB,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "card_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "stream" (
    "id" TEXT NOT NULL,
    "last_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "stream" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id","created_at")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "object_id" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id","created_at")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "audit_seal" (
    "no" BIGINT NOT NULL,
    "audit_id" UUID NOT NULL,
    "audit_at" TIMESTAMPTZ(3) NOT NULL,
    "digest" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "ticket" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "last8" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "contact_sealed" BYTEA NOT NULL,
    "contact_masked" TEXT NOT NULL,
    "conversation_id" UUID,
    "episode_id" UUID,
    "customer_id" UUID,
    "owner_id" UUID,
    "department_id" TEXT,
    "state" TEXT NOT NULL DEFAULT 'open',
    "dispatch_due_at" TIMESTAMPTZ(3),
    "dispatched_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "policy_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_step" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_step_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_hash_key" ON "policy_version"("hash");

-- CreateIndex
CREATE INDEX "file_sha256_idx" ON "file"("sha256");

-- CreateIndex
CREATE INDEX "address_customer_id_idx" ON "address"("customer_id");

-- CreateIndex
CREATE INDEX "address_person_id_idx" ON "address"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "address_channel_account_id_key_hmac_key" ON "address"("channel_account_id", "key_hmac");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_address_id_key" ON "conversation"("address_id");

-- CreateIndex
CREATE INDEX "episode_conversation_id_idx" ON "episode"("conversation_id");

-- CreateIndex
CREATE INDEX "message_conversation_id_seq_idx" ON "message"("conversation_id", "seq");

-- CreateIndex
CREATE INDEX "inbound_key_created_at_idx" ON "inbound_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "turn_conversation_id_from_seq_key" ON "turn"("conversation_id", "from_seq");

-- CreateIndex
CREATE INDEX "unanswered_created_at_idx" ON "unanswered"("created_at");

-- CreateIndex
CREATE INDEX "resume_key_expires_at_idx" ON "resume_key"("expires_at");

-- CreateIndex
CREATE INDEX "delivery_address_id_position_idx" ON "delivery"("address_id", "position");

-- CreateIndex
CREATE INDEX "delivery_conversation_id_seq_idx" ON "delivery"("conversation_id", "seq");

-- CreateIndex
CREATE INDEX "entry_state_idx" ON "entry"("state");

-- CreateIndex
CREATE UNIQUE INDEX "revision_entry_id_number_key" ON "revision"("entry_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE UNIQUE INDEX "person_number_key" ON "person"("number");

-- CreateIndex
CREATE INDEX "person_team_id_idx" ON "person"("team_id");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "department_name_key" ON "department"("name");

-- CreateIndex
CREATE INDEX "client_write_created_at_idx" ON "client_write"("created_at");

-- CreateIndex
CREATE INDEX "shift_starts_at_idx" ON "shift"("starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "shift_person_id_starts_at_key" ON "shift"("person_id", "starts_at");

-- CreateIndex
CREATE INDEX "leave_request_person_id_from_date_idx" ON "leave_request"("person_id", "from_date");

-- CreateIndex
CREATE INDEX "leave_request_state_idx" ON "leave_request"("state");

-- CreateIndex
CREATE UNIQUE INDEX "leave_decision_request_id_level_key" ON "leave_decision"("request_id", "level");

-- CreateIndex
CREATE INDEX "card_kind_subject_id_idx" ON "card"("kind", "subject_id");

-- CreateIndex
CREATE INDEX "event_stream_seq_idx" ON "event"("stream", "seq");

-- CreateIndex
CREATE INDEX "audit_object_object_id_idx" ON "audit"("object", "object_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_audit_id_key" ON "audit_seal"("audit_id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_number_key" ON "ticket"("number");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_last8_key" ON "ticket"("last8");

-- CreateIndex
CREATE INDEX "ticket_conversation_id_idx" ON "ticket"("conversation_id");

-- CreateIndex
CREATE INDEX "ticket_state_dispatch_due_at_idx" ON "ticket"("state", "dispatch_due_at");

-- CreateIndex
CREATE INDEX "ticket_created_at_id_idx" ON "ticket"("created_at", "id");

-- CreateIndex
CREATE INDEX "ticket_step_ticket_id_created_at_idx" ON "ticket_step"("ticket_id", "created_at");

-- AddForeignKey
ALTER TABLE "file_chunk" ADD CONSTRAINT "file_chunk_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address" ADD CONSTRAINT "address_channel_account_id_fkey" FOREIGN KEY ("channel_account_id") REFERENCES "channel_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address" ADD CONSTRAINT "address_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address" ADD CONSTRAINT "address_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episode" ADD CONSTRAINT "episode_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shift" ADD CONSTRAINT "shift_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shift" ADD CONSTRAINT "shift_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leave_request" ADD CONSTRAINT "leave_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leave_decision" ADD CONSTRAINT "leave_decision_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "leave_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_step" ADD CONSTRAINT "ticket_step_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- By hand from here: what Prisma can't say.

-- Partitions by month. A job makes months ahead; the default one catches what nobody foresaw.
CREATE TABLE "message_default" PARTITION OF "message" DEFAULT;
CREATE TABLE "event_default" PARTITION OF "event" DEFAULT;
CREATE TABLE "audit_default" PARTITION OF "audit" DEFAULT;

CREATE FUNCTION yingda_ensure_partitions(first timestamptz, months int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  parent text; from_month timestamptz; name text; made int := 0;
BEGIN
  FOREACH parent IN ARRAY ARRAY['message', 'event', 'audit'] LOOP
    FOR i IN 0..months LOOP
      from_month := date_trunc('month', first, 'UTC') + make_interval(months => i);
      name := parent || '_' || to_char(from_month AT TIME ZONE 'UTC', 'YYYY_MM');
      IF to_regclass(quote_ident(name)) IS NULL THEN
        BEGIN
          EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
            name, parent, from_month, date_trunc('month', from_month + interval '32 days', 'UTC'));
          made := made + 1;
        EXCEPTION
          -- Rows of this month already lie in the default partition: they stay there, and so does the month.
          WHEN check_violation THEN NULL;
          -- Another process made it at the same instant.
          WHEN duplicate_table THEN NULL;
        END;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

-- Closed sets.
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_audience" CHECK ("audience" IN ('customer', 'staff'));
ALTER TABLE "episode" ADD CONSTRAINT "episode_owner" CHECK ("owner" IN ('bot', 'queue', 'agent')),
  ADD CONSTRAINT "episode_agent" CHECK (("owner" = 'agent') = ("person_id" IS NOT NULL) OR "closed_at" IS NOT NULL);
ALTER TABLE "message" ADD CONSTRAINT "message_author" CHECK ("author" IN ('customer', 'bot', 'agent', 'staff', 'system')),
  ADD CONSTRAINT "message_visibility" CHECK ("visibility" IN ('all', 'customer', 'staff')),
  ADD CONSTRAINT "message_state" CHECK ("state" IN ('sent', 'superseded'));
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_state" CHECK ("state" IN ('queued', 'sending', 'sent', 'dead', 'superseded'));
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_state" CHECK ("state" IN ('open', 'dispatched', 'answered', 'closed'));
ALTER TABLE "leave_request" ADD CONSTRAINT "leave_state" CHECK ("state" IN ('pending', 'approved', 'refused', 'withdrawn'));
ALTER TABLE "presence" ADD CONSTRAINT "presence_status" CHECK ("status" IN ('available', 'away', 'offline'));
ALTER TABLE "entry" ADD CONSTRAINT "entry_state" CHECK ("state" IN ('draft', 'published', 'withdrawn'));

-- At most one open episode per conversation; what is due and what waits are found without reading the rest.
CREATE UNIQUE INDEX "episode_one_open" ON "episode" ("conversation_id") WHERE "closed_at" IS NULL;
CREATE INDEX "episode_waiting" ON "episode" ("queued_at") WHERE "owner" = 'queue' AND "closed_at" IS NULL;
CREATE INDEX "episode_with_agent" ON "episode" ("person_id") WHERE "owner" = 'agent' AND "closed_at" IS NULL;
CREATE INDEX "conversation_due" ON "conversation" ("due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "inbox_open" ON "inbox" ("conversation_id", "created_at") WHERE "handled_at" IS NULL;
CREATE INDEX "lane_due" ON "lane" ("due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "delivery_head" ON "delivery" ("address_id", "position") WHERE "state" IN ('queued', 'sending');
CREATE INDEX "card_open" ON "card" ("conversation_id") WHERE "decided_at" IS NULL;

-- A row that changes at each message: room on its page, so that updates stay heap-only.
ALTER TABLE "conversation" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "lane" SET (fillfactor = 50);
ALTER TABLE "stream" SET (fillfactor = 10);

-- Ticket serials; the number shown is a permutation of it (bot/tickets/number.ts).
CREATE SEQUENCE "ticket_serial" AS int MINVALUE 1 MAXVALUE 99999999;

INSERT INTO "schema_meta" ("id", "min_app") VALUES (1, 1);
