CREATE TABLE "surge" (
  "id" UUID NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'alerted',
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  "contacts" INTEGER NOT NULL,
  "expected" DOUBLE PRECISION NOT NULL,
  "on_duty" INTEGER NOT NULL,
  "needed" INTEGER NOT NULL,
  "caller_id" UUID,
  "called_at" TIMESTAMPTZ(3),
  "starts_at" TIMESTAMPTZ(3),
  "ends_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "surge_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "surge_state" CHECK ("state" IN ('alerted', 'dismissed', 'calling', 'filled', 'short'))
);
-- One episode at a time: of several processes that see it, one tells.
CREATE UNIQUE INDEX "surge_open" ON "surge" ((true)) WHERE "ended_at" IS NULL;

CREATE TABLE "surge_answer" (
  "surge_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'asked',
  "answered_at" TIMESTAMPTZ(3),
  "shift_id" UUID,
  CONSTRAINT "surge_answer_pkey" PRIMARY KEY ("surge_id", "person_id"),
  CONSTRAINT "surge_answer_state" CHECK ("state" IN ('asked', 'joined', 'declined', 'full', 'late'))
);
CREATE INDEX "surge_answer_person_id_idx" ON "surge_answer" ("person_id");

CREATE TABLE "surge_consent" (
  "person_id" UUID NOT NULL,
  "agreed" BOOLEAN NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "surge_consent_pkey" PRIMARY KEY ("person_id")
);

-- The contacts of the last minutes are counted each minute.
CREATE INDEX "episode_queued_at_idx" ON "episode" ("queued_at") WHERE "queued_at" IS NOT NULL;

-- One occasion is one breach, whatever it is called.
DROP INDEX "attendance_breach_attendance_id_kind_since_key";
CREATE UNIQUE INDEX "attendance_breach_attendance_id_since_key" ON "attendance_breach" ("attendance_id", "since");
