-- Quiet hours hold a notice back at the moment of sending, too. Empty: tried since it was queued, as in the release before.
ALTER TABLE "delivery" ADD COLUMN "tried_from" TIMESTAMPTZ(3);
