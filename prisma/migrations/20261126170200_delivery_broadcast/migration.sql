-- What is queued can be stopped with its broadcast. The release before queues without it: that can't be stopped.
ALTER TABLE "delivery" ADD COLUMN "broadcast_id" UUID;
UPDATE "delivery" d SET "broadcast_id" = r."broadcast_id" FROM "broadcast_recipient" r WHERE r."delivery_id" = d."id";
CREATE INDEX "delivery_broadcast_unsent_idx" ON "delivery" ("broadcast_id")
  WHERE "broadcast_id" IS NOT NULL AND "state" IN ('queued', 'sending');
-- Sent again, a recipient is told by another delivery.
CREATE INDEX "broadcast_recipient_delivery_id_idx" ON "broadcast_recipient" ("delivery_id") WHERE "delivery_id" IS NOT NULL;
