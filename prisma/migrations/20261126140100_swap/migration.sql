CREATE TABLE "swap" (
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'peer_pending',
  "requester_id" UUID NOT NULL,
  "giver_id" UUID NOT NULL,
  "partner_id" UUID,
  "shift_id" UUID NOT NULL,
  "shift" JSONB NOT NULL,
  "back" JSONB,
  "reason" TEXT NOT NULL,
  "checks" JSONB NOT NULL,
  "versions" JSONB NOT NULL,
  "leader_ids" JSONB NOT NULL,
  "planned_shift_id" UUID,
  "ended_by" UUID,
  "policy_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "swap_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "swap_kind" CHECK ("kind" IN ('swap', 'give', 'open')),
  CONSTRAINT "swap_back" CHECK (("kind" = 'swap') = ("back" IS NOT NULL)),
  CONSTRAINT "swap_state" CHECK ("state" IN ('peer_pending', 'leader_pending', 'approved', 'applied', 'declined', 'withdrawn', 'expired', 'superseded', 'revoked'))
);
CREATE INDEX "swap_requester_id_idx" ON "swap" ("requester_id");
CREATE INDEX "swap_partner_id_idx" ON "swap" ("partner_id");
CREATE INDEX "swap_state_expires_at_idx" ON "swap" ("state", "expires_at");
-- A shift that nobody has is offered, and taken, once.
CREATE UNIQUE INDEX "swap_open_shift" ON "swap" ("shift_id") WHERE "kind" = 'open' AND "state" IN ('peer_pending', 'leader_pending', 'approved', 'applied');

CREATE TABLE "swap_consent" (
  "id" UUID NOT NULL,
  "swap_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "role" TEXT NOT NULL,
  "decision" TEXT NOT NULL,
  "note" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "swap_consent_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "swap_consent_swap_id_fkey" FOREIGN KEY ("swap_id") REFERENCES "swap" ("id")
);
CREATE UNIQUE INDEX "swap_consent_swap_id_person_id_key" ON "swap_consent" ("swap_id", "person_id");
