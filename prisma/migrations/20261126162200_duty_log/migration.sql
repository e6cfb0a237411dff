CREATE TABLE "duty_log" (
  "id" UUID NOT NULL,
  "team_id" UUID NOT NULL REFERENCES "team" ("id"),
  "date" DATE NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'open',
  "sections" JSONB NOT NULL DEFAULT '{}',
  "figures" JSONB,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "signed_by" UUID REFERENCES "person" ("id"),
  "signed_at" TIMESTAMPTZ(3),
  "told_at" TIMESTAMPTZ(3),
  "reminded_at" TIMESTAMPTZ(3),
  "missing_told_at" TIMESTAMPTZ(3),
  CONSTRAINT "duty_log_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "duty_log_state" CHECK ("state" IN ('open', 'signed')),
  CONSTRAINT "duty_log_signed" CHECK (("state" = 'signed') = (num_nonnulls("signed_by", "signed_at", "figures") = 3)
    AND num_nonnulls("signed_by", "signed_at", "figures") IN (0, 3))
);
CREATE UNIQUE INDEX "duty_log_team_id_date_key" ON "duty_log" ("team_id", "date");
CREATE INDEX "duty_log_date_idx" ON "duty_log" ("date");

CREATE TABLE "duty_week" (
  "monday" DATE NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "duty_week_pkey" PRIMARY KEY ("monday")
);
