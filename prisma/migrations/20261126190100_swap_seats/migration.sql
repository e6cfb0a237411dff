-- Whose word a swap needs, with those who may give it in their place; rows of the release before have none.
ALTER TABLE "swap"
  ADD COLUMN "seats" JSONB,
  ADD COLUMN "reminded_at" TIMESTAMPTZ(3);
