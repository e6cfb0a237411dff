-- Who stands in 顶班 for somebody who did not come is on the roster.
ALTER TABLE "roster_override" DROP CONSTRAINT "roster_override_cause";
ALTER TABLE "roster_override"
  ADD CONSTRAINT "roster_override_cause" CHECK ("cause" IN ('leave', 'swap', 'give', 'loan', 'stand_in'));
