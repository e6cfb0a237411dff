-- Who asked, where a colleague reported the illness; and the part of a day that was asked for. Rows of the release
-- before have neither: the person asked, for whole days.
ALTER TABLE "leave_request" ADD COLUMN "requester_id" UUID, ADD COLUMN "span" JSONB;
