-- What a channel must not lose between two requests. Nothing of the release before knows this table.
CREATE TABLE "channel_shelf" (
  "account_id" TEXT NOT NULL,
  -- By code point, so that a prefix is a range of the key.
  "name" TEXT COLLATE "C" NOT NULL,
  "value_sealed" BYTEA NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "channel_shelf_pkey" PRIMARY KEY ("account_id", "name")
);
