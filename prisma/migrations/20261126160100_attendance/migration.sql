CREATE TABLE "attendance" (
  "id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "team_id" UUID NOT NULL,
  "shift_id" UUID NOT NULL,
  "business_date" DATE NOT NULL,
  "shift_name" TEXT NOT NULL,
  "due_from" TIMESTAMPTZ(3) NOT NULL,
  "due_to" TIMESTAMPTZ(3) NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'expected',
  "on_at" TIMESTAMPTZ(3),
  "on_how" TEXT,
  "off_at" TIMESTAMPTZ(3),
  "off_how" TEXT,
  "late_minutes" INTEGER NOT NULL DEFAULT 0,
  "early_minutes" INTEGER NOT NULL DEFAULT 0,
  "roll_call" TEXT,
  "roll_call_by" UUID,
  CONSTRAINT "attendance_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "attendance_state" CHECK ("state" IN ('expected', 'on', 'off', 'absent', 'void')),
  CONSTRAINT "attendance_roll_call" CHECK ("roll_call" IN ('present', 'absent'))
);
CREATE UNIQUE INDEX "attendance_person_id_shift_id_key" ON "attendance" ("person_id", "shift_id");
CREATE INDEX "attendance_state_due_from_idx" ON "attendance" ("state", "due_from");
CREATE INDEX "attendance_team_id_due_from_idx" ON "attendance" ("team_id", "due_from");
CREATE INDEX "attendance_business_date_idx" ON "attendance" ("business_date");

CREATE TABLE "attendance_breach" (
  "id" UUID NOT NULL,
  "attendance_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "minutes" INTEGER NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'recorded',
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "told_at" TIMESTAMPTZ(3),
  "excused_by" UUID,
  "excused_at" TIMESTAMPTZ(3),
  "note" TEXT,
  CONSTRAINT "attendance_breach_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "attendance_breach_kind" CHECK ("kind" IN ('late', 'early', 'away')),
  CONSTRAINT "attendance_breach_state" CHECK ("state" IN ('recorded', 'excused'))
);
-- However often a job looks, a lateness is one breach.
CREATE UNIQUE INDEX "attendance_breach_attendance_id_kind_since_key" ON "attendance_breach" ("attendance_id", "kind", "since");
CREATE INDEX "attendance_breach_person_id_created_at_idx" ON "attendance_breach" ("person_id", "created_at");

CREATE TABLE "desk_leave" (
  "id" UUID NOT NULL,
  "attendance_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "team_id" UUID NOT NULL,
  "minutes" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'asked',
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "decider_id" UUID,
  "decided_at" TIMESTAMPTZ(3),
  "due_at" TIMESTAMPTZ(3),
  "reminded_at" TIMESTAMPTZ(3),
  "returned_at" TIMESTAMPTZ(3),
  "over_minutes" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "desk_leave_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "desk_leave_state" CHECK ("state" IN ('asked', 'permitted', 'returned', 'refused', 'withdrawn', 'expired'))
);
CREATE INDEX "desk_leave_attendance_id_idx" ON "desk_leave" ("attendance_id");
CREATE INDEX "desk_leave_state_asked_at_idx" ON "desk_leave" ("state", "asked_at");
-- Nobody is away twice at once.
CREATE UNIQUE INDEX "desk_leave_open" ON "desk_leave" ("person_id") WHERE "state" IN ('asked', 'permitted');

CREATE TABLE "roll_call" (
  "id" UUID NOT NULL,
  "team_id" UUID NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'open',
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "done_by" UUID,
  "done_at" TIMESTAMPTZ(3),
  CONSTRAINT "roll_call_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "roll_call_state" CHECK ("state" IN ('open', 'done'))
);
CREATE UNIQUE INDEX "roll_call_team_id_starts_at_key" ON "roll_call" ("team_id", "starts_at");
