-- What pushing to platforms needs. The release before knows none of it: columns have defaults or may be empty.
ALTER TABLE "address"
  ADD COLUMN "mark" TEXT,
  ADD COLUMN "marked_at" TIMESTAMPTZ(3),
  ADD COLUMN "opted_out_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "address_mark" CHECK ("mark" IN ('blocked', 'unknown'));

ALTER TABLE "delivery"
  ADD COLUMN "not_before" TIMESTAMPTZ(3),
  ADD COLUMN "receipt" TEXT,
  ADD COLUMN "resent_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "delivery_receipt" CHECK ("receipt" IN ('delivered', 'failed')),
  DROP CONSTRAINT "delivery_state",
  ADD CONSTRAINT "delivery_state" CHECK ("state" IN ('queued', 'sending', 'sent', 'dead', 'superseded', 'suppressed')) NOT VALID;
-- The rows there are kept to the narrower one: no scan under the lock.
-- The list of what did not arrive.
CREATE INDEX "delivery_failed_idx" ON "delivery" ("ended_at" DESC, "id" DESC) WHERE "state" = 'dead' OR "receipt" = 'failed';

ALTER TABLE "lane" ADD COLUMN "paced_until" TIMESTAMPTZ(3);

CREATE TABLE "account_pace" (
  "channel_account_id" TEXT NOT NULL,
  "paced_until" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "account_pace_pkey" PRIMARY KEY ("channel_account_id")
);

CREATE TABLE "delivery_part" (
  "channel_account_id" TEXT NOT NULL,
  "external_id" TEXT NOT NULL,
  "delivery_id" UUID,
  "receipt" TEXT,
  "reason" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "delivery_part_pkey" PRIMARY KEY ("channel_account_id", "external_id")
);
CREATE INDEX "delivery_part_delivery_id_idx" ON "delivery_part" ("delivery_id");
CREATE INDEX "delivery_part_created_at_idx" ON "delivery_part" ("created_at");

CREATE TABLE "link_code" (
  "code_hash" BYTEA NOT NULL,
  "person_id" UUID,
  "address_id" UUID,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "link_code_pkey" PRIMARY KEY ("code_hash")
);
CREATE INDEX "link_code_expires_at_idx" ON "link_code" ("expires_at");

CREATE TABLE "customer_join" (
  "id" UUID NOT NULL,
  "address_id" UUID NOT NULL,
  "customer_id" UUID NOT NULL,
  "former_customer_id" UUID,
  "joined_at" TIMESTAMPTZ(3) NOT NULL,
  "undone_at" TIMESTAMPTZ(3),
  CONSTRAINT "customer_join_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "customer_join_customer_id_idx" ON "customer_join" ("customer_id");
CREATE INDEX "customer_join_address_id_idx" ON "customer_join" ("address_id");
