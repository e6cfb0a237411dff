-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" UUID NOT NULL,
    "number_key" BYTEA NOT NULL,
    "ip_key" BYTEA NOT NULL,
    "failed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_in_attempt_number_key_created_at_idx" ON "sign_in_attempt"("number_key", "created_at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_ip_key_created_at_idx" ON "sign_in_attempt"("ip_key", "created_at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_created_at_idx" ON "sign_in_attempt"("created_at");
