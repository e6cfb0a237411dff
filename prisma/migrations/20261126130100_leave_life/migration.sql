-- What becomes of a leave after it was handed in: reminders, its end, reporting back, the certificate.
ALTER TABLE "leave_request"
  ADD COLUMN "extends_id" UUID,
  ADD COLUMN "emergency" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "asked_at" TIMESTAMPTZ(3),
  ADD COLUMN "reminders" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "escalated_at" TIMESTAMPTZ(3),
  ADD COLUMN "starts_at" TIMESTAMPTZ(3),
  ADD COLUMN "ends_at" TIMESTAMPTZ(3),
  ADD COLUMN "cut" JSONB,
  ADD COLUMN "returned_at" TIMESTAMPTZ(3),
  ADD COLUMN "returned_by" UUID,
  ADD COLUMN "return_told" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "certificate_due" DATE,
  ADD COLUMN "certificate_state" TEXT,
  ADD COLUMN "certificate_told" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "leave_request_ends_at_idx" ON "leave_request" ("ends_at");

CREATE TABLE "leave_certificate" (
  "id" UUID NOT NULL,
  "request_id" UUID NOT NULL,
  "file_id" UUID NOT NULL,
  "from_date" DATE NOT NULL,
  "to_date" DATE NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "note" TEXT NOT NULL DEFAULT '',
  "decided_by" UUID,
  "decided_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "leave_certificate_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "leave_certificate_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "leave_request" ("id"),
  CONSTRAINT "leave_certificate_dates" CHECK ("from_date" <= "to_date"),
  CONSTRAINT "leave_certificate_state" CHECK ("state" IN ('waiting', 'accepted', 'refused'))
);
CREATE INDEX "leave_certificate_request_id_idx" ON "leave_certificate" ("request_id");

CREATE TABLE "leave_absence" (
  "id" UUID NOT NULL,
  "request_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "shift_id" UUID NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "cause" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "cleared_at" TIMESTAMPTZ(3),
  CONSTRAINT "leave_absence_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "leave_absence_cause" CHECK ("cause" IN ('not_approved', 'no_certificate'))
);
CREATE INDEX "leave_absence_person_id_starts_at_idx" ON "leave_absence" ("person_id", "starts_at");
-- One absence for one shift of one request: the job and a second process write the same.
CREATE UNIQUE INDEX "leave_absence_request_id_shift_id_starts_at_key" ON "leave_absence" ("request_id", "shift_id", "starts_at");

CREATE TABLE "leave_ledger" (
  "id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "days" DOUBLE PRECISION NOT NULL,
  "cause" TEXT NOT NULL,
  "request_id" UUID,
  "by_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "leave_ledger_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "leave_ledger_cause" CHECK ("cause" IN ('leave', 'back', 'adjusted'))
);
CREATE INDEX "leave_ledger_person_id_year_idx" ON "leave_ledger" ("person_id", "year");

CREATE TABLE "holiday_table" (
  "id" UUID NOT NULL,
  "content" JSONB NOT NULL,
  "imported_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "holiday_table_pkey" PRIMARY KEY ("id")
);
