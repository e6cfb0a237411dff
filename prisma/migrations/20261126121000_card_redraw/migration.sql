-- A decided card is drawn anew wherever it was shown; the release before leaves the column empty and redraws itself.
ALTER TABLE "card" ADD COLUMN "redrawn_at" TIMESTAMPTZ(3), ADD COLUMN "elsewhere" BOOLEAN NOT NULL DEFAULT false;
UPDATE "card" SET "redrawn_at" = "decided_at" WHERE "decided_at" IS NOT NULL;
CREATE INDEX "card_undrawn_idx" ON "card" ("decided_at") WHERE "decided_at" IS NOT NULL AND "redrawn_at" IS NULL;
