-- How far a channel has read on its platform's side. Nothing of the release before knows this table.
CREATE TABLE "channel_memory" (
  "channel_account_id" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "channel_memory_pkey" PRIMARY KEY ("channel_account_id")
);
