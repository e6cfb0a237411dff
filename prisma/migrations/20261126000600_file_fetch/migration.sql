-- Files that a channel names and we fetch, and files of tickets. Nothing of the release before knows these tables.
CREATE TABLE "file_fetch" (
  "id" UUID NOT NULL,
  "conversation_id" UUID NOT NULL,
  "message_id" UUID NOT NULL,
  "account" TEXT NOT NULL,
  "ref" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "file_fetch_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "file_fetch_due_at_idx" ON "file_fetch" ("due_at");

CREATE TABLE "ticket_file" (
  "ticket_id" UUID NOT NULL,
  "file_id" UUID NOT NULL,
  "no" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  CONSTRAINT "ticket_file_pkey" PRIMARY KEY ("ticket_id", "file_id"),
  CONSTRAINT "ticket_file_ticket_id_fkey" FOREIGN KEY ("ticket_id")
    REFERENCES "ticket" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "ticket_file_file_id_idx" ON "ticket_file" ("file_id");
